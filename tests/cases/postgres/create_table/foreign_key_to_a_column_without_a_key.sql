CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE TABLE posts (id int, author text REFERENCES users (name));
