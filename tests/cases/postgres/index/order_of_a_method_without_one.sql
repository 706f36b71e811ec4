CREATE TABLE users (tags text[]);
CREATE INDEX ON users USING gin (tags DESC);
