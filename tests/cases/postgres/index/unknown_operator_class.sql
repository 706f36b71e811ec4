CREATE TABLE users (name text);
CREATE INDEX ON users USING gin (name gin_trgm_ops);
