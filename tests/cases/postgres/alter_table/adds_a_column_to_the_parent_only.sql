CREATE TABLE people (id int);
CREATE TABLE users (email text) INHERITS (people);
ALTER TABLE ONLY people ADD COLUMN name text;
