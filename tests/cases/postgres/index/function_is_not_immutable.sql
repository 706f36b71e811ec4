CREATE TABLE users (at timestamptz);
CREATE INDEX ON users (date(at));
