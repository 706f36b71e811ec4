CREATE TABLE users (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE posts (a int REFERENCES users);
