CREATE TABLE users (id serial, name text);
ALTER TABLE users DROP COLUMN id;
