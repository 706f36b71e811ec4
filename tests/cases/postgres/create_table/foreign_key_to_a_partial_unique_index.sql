CREATE TABLE users (id int, gone bool);
CREATE UNIQUE INDEX users_id ON users (id) WHERE NOT gone;
CREATE TABLE posts (author int REFERENCES users (id));
