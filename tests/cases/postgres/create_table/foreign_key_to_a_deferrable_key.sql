CREATE TABLE users (id int UNIQUE DEFERRABLE);
CREATE TABLE posts (author int REFERENCES users (id));
