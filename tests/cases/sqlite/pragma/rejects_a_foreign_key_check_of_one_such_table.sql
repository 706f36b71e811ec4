CREATE TABLE users (id INTEGER, name TEXT);
CREATE TABLE posts (user_id INTEGER REFERENCES users (id));
PRAGMA foreign_key_check(users);
PRAGMA main.foreign_key_check = posts;
