CREATE TABLE people (id int);
CREATE TABLE users (id int);
ALTER TABLE users NO INHERIT people;
