CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (author int, FOREIGN KEY (author) REFERENCES users ON DELETE CASCADE (author));
