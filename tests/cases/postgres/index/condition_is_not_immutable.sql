CREATE TABLE users (at timestamptz);
CREATE INDEX ON users (at) WHERE at > now();
