CREATE TABLE users (id INTEGER, name TEXT);
CREATE TABLE posts (user_id INTEGER REFERENCES users (id));
PRAGMA foreign_key_check;
CREATE UNIQUE INDEX users_by_id ON users (id);
