CREATE TABLE people (id int NOT NULL, name text CHECK (name <> ''));
CREATE TABLE users (name text CONSTRAINT people_name_check CHECK (name <> ''), id int NOT NULL, email text);
ALTER TABLE users INHERIT people;
