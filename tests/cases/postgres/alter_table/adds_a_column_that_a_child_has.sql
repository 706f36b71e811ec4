CREATE TABLE people (id int);
CREATE TABLE users (name text) INHERITS (people);
ALTER TABLE people ADD COLUMN name text;
