CREATE TABLE people (id int NOT NULL);
CREATE TABLE users (id int);
ALTER TABLE users INHERIT people;
