CREATE TABLE people (id int, name text);
CREATE TABLE users () INHERITS (people);
ALTER TABLE users RENAME COLUMN name TO nick;
