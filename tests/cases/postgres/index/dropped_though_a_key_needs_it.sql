CREATE TABLE users (a int PRIMARY KEY);
DROP INDEX users_pkey;
