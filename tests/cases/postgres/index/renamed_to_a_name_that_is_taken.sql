CREATE TABLE users (a int);
CREATE INDEX users_a ON users (a);
ALTER INDEX users_a RENAME TO users;
