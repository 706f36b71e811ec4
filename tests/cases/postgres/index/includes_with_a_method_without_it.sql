CREATE TABLE users (a int[], b int);
CREATE INDEX ON users USING gin (a) INCLUDE (b);
