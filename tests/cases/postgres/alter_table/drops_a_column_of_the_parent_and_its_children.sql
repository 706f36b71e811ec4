CREATE TABLE people (id int, name text);
CREATE TABLE users (email text) INHERITS (people);
CREATE TABLE admins (name text) INHERITS (people);
ALTER TABLE people DROP COLUMN name;
