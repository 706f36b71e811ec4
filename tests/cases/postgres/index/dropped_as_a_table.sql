CREATE TABLE users (a int);
CREATE INDEX users_a ON users (a);
DROP TABLE users_a;
