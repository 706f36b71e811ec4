CREATE TABLE people (id int, name text CHECK (name <> ''));
CREATE TABLE users () INHERITS (people);
ALTER TABLE users NO INHERIT people;
