CREATE TABLE users (id int PRIMARY KEY, a int, b int, c int, CHECK (a > b), UNIQUE (a, c));
CREATE INDEX users_ab ON users (a, b);
CREATE INDEX users_c ON users (c) WHERE a > 0;
CREATE INDEX users_sum ON users ((b + c));
ALTER TABLE users DROP COLUMN a;
