CREATE TABLE users (a int, b int);
CREATE INDEX ON users (a) INCLUDE ((b + 1));
