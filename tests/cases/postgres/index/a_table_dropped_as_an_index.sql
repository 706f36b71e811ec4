CREATE TABLE users (a int);
DROP INDEX users;
