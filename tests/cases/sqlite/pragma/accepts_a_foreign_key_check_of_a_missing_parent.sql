CREATE TABLE posts (user_id INTEGER REFERENCES users (id));
PRAGMA foreign_key_check;
PRAGMA foreign_key_check(posts);
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA main.foreign_key_check;
