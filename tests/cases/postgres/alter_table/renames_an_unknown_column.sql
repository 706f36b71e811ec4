CREATE TABLE users (id int);
ALTER TABLE users RENAME COLUMN name TO nick;
