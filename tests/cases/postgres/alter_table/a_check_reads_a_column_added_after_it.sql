CREATE TABLE users (id int);
ALTER TABLE users ADD CHECK (name <> ''), ADD COLUMN name text;
