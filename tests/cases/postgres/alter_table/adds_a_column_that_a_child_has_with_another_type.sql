CREATE TABLE people (id int);
CREATE TABLE users (name int) INHERITS (people);
ALTER TABLE people ADD COLUMN name text;
