CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (tenant int, author int, FOREIGN KEY (author) REFERENCES users ON DELETE SET NULL (tenant));
