CREATE TABLE users (id int, name text);
CREATE VIEW names AS SELECT name FROM users;
ALTER TABLE users DROP COLUMN name;
