CREATE TABLE users (id int, name text UNIQUE);
ALTER TABLE users DROP COLUMN name, ADD COLUMN name int NOT NULL;
