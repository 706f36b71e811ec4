CREATE TABLE users (id int PRIMARY KEY);
CREATE UNLOGGED TABLE posts (author int REFERENCES users);
