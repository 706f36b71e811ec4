CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int, author int REFERENCES users (uid));
