CREATE TABLE people (id int, name text);
CREATE TABLE users (email text) INHERITS (people);
ALTER TABLE ONLY people DROP COLUMN name;
