-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE logs (id INTEGER PRIMARY KEY, line TEXT);
-- file: 0002_rebuild.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users WHERE name IS NOT NULL;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_logs (id INTEGER PRIMARY KEY, line TEXT NOT NULL);
INSERT INTO new_logs SELECT id, line FROM (SELECT * FROM logs ORDER BY id LIMIT 100);
DROP TABLE logs;
ALTER TABLE new_logs RENAME TO logs;
