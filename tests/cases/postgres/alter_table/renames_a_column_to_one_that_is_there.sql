CREATE TABLE users (id int, name text);
ALTER TABLE users RENAME COLUMN name TO id;
