CREATE TABLE people (id int, name text);
CREATE TABLE users (email text) INHERITS (people);
ALTER TABLE users DROP COLUMN name;
