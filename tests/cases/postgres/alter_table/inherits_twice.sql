CREATE TABLE people (id int);
CREATE TABLE users () INHERITS (people);
ALTER TABLE users INHERIT people;
