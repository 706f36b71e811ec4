CREATE TABLE users (a int, b int, c text);
CREATE UNIQUE INDEX ON users (a) INCLUDE (b, c);
