CREATE TABLE users (id int, name text);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW lengths AS SELECT length(name) FROM names;
ALTER TABLE users DROP COLUMN name CASCADE;
