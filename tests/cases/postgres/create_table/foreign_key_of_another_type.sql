CREATE TABLE users (id uuid PRIMARY KEY);
CREATE TABLE posts (id int, author int REFERENCES users);
