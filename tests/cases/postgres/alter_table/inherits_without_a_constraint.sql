CREATE TABLE people (id int, name text CHECK (name <> ''));
CREATE TABLE users (id int, name text);
ALTER TABLE users INHERIT people;
