-- file: 0001_create.sql
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    age BIGINT(20) UNSIGNED NOT NULL,
    email TEXT NOT NUL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'writer')),
    UNIQUE (email
);
CREATE TABLE posts (
    id INTEGER PRIMARY KEY
    title TEXT NOT NULL,
    price DECIMAL(10, 2) NOT NULL DEFAULT 0 DEFALT 1,
    FOREIGN KEY (id) REFERENSES users (id),
    author INTEGER REFERENCES users (id),
);
CREATE TABLE tags (
    name TEXT PRIMARY KEY,
    note VARCHAR(10 NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE nothing (;
CREATE TABLE codes (code TEXT PRIMARY KEY, !) WITHOUT ROWID;
-- file: 0002_more.sql
INSERT INTO users (id, nick) VALUES (1, 'a');
CREATE INDEX users_by_nick ON users (nick);
ALTER TABLE posts ADD COLUMN body TEXT NOT NULL DEFAULT '';
INSERT INTO posts VALUES (1, 'a', 1, 1, 1, 'b');
