CREATE TABLE people (id int);
CREATE TABLE users (id bigint);
ALTER TABLE users INHERIT people;
