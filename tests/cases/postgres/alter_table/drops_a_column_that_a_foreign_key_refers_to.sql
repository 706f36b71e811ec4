CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (author int REFERENCES users);
ALTER TABLE users DROP COLUMN id;
