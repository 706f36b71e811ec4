-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0002_rebuild.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL);
INSERT INTO new_users (email, name, id) SELECT u.email, (name), id FROM users AS u;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
-- file: 0003_notes.sql
CREATE TABLE notes (text TEXT);
-- file: 0004_another_table.sql
CREATE TABLE letters (text TEXT NOT NULL, kind TEXT);
INSERT INTO letters SELECT text, 'note' FROM notes;
