-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, shown TEXT AS (upper(name)));
CREATE TABLE tales AS SELECT 1 AS id, 'x' AS title, 2 AS mood;
-- file: 0002_rebuild.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, coalesce(name, '') FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TEMP TABLE kept AS SELECT * FROM tales;
DROP TABLE tales;
CREATE TABLE tales (id INTEGER PRIMARY KEY);
INSERT INTO tales SELECT id FROM kept;
DROP TABLE kept;
