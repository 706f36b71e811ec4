-- file: 0001_users.sql
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT,
    email TEXT NOT NULL,
    age INTEGER,
    mood TEXT CHECK (mood IS NOT NULL),
    note TEXT
);
-- file: 0002_rebuild.sql
ALTER TABLE users ADD COLUMN kind TEXT;
UPDATE users SET age = 0 WHERE age IS NULL;
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    age INTEGER NOT NULL,
    mood TEXT NOT NULL
);
INSERT INTO new_users SELECT id, coalesce(name, ''), email, age, mood FROM users;
CREATE TABLE notes (id INTEGER PRIMARY KEY NOT NULL, text TEXT NOT NULL);
INSERT INTO notes SELECT id, note FROM users WHERE note IS NOT NULL;
INSERT OR IGNORE INTO notes SELECT id, name FROM users;
CREATE TABLE fresh (text TEXT);
INSERT INTO notes (text) SELECT text FROM fresh;
