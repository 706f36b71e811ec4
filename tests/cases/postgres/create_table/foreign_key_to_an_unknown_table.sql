CREATE TABLE posts (id int, author int REFERENCES users (id));
