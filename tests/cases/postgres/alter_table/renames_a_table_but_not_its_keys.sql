CREATE TABLE users (id serial PRIMARY KEY, name text UNIQUE);
CREATE VIEW v AS SELECT id FROM users;
ALTER TABLE users RENAME TO people;
CREATE TABLE users (id int REFERENCES people);
