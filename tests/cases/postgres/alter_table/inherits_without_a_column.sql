CREATE TABLE people (id int, name text);
CREATE TABLE users (id int);
ALTER TABLE users INHERIT people;
