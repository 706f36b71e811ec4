-- file: 0001_tables.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author REFERENCES users, email REFERENCES users (email));
-- file: 0002_again.sql
-- tablature: allow(destructive) a test
DROP TABLE users;
CREATE TABLE users (id INTEGER, email TEXT);
-- file: 0003_tables.sql
CREATE TABLE tags (id INTEGER PRIMARY KEY);
CREATE TABLE tagged (tag REFERENCES tags);
-- file: 0004_drop.sql
-- tablature: allow(destructive) a test
DROP TABLE tags;
