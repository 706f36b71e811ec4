-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER);
-- file: 0002_join.sql
CREATE TABLE n (id INTEGER, name TEXT);
INSERT INTO n SELECT u.id, u.name FROM users u JOIN posts p ON p.user_id = u.id;
DROP TABLE users;
ALTER TABLE n RENAME TO users;
-- file: 0003_comma.sql
CREATE TABLE n (id INTEGER, name TEXT);
INSERT INTO n SELECT u.id, u.name FROM users u, posts p WHERE p.user_id = u.id;
DROP TABLE users;
ALTER TABLE n RENAME TO users;
-- file: 0004_distinct.sql
CREATE TABLE n (id INTEGER, name TEXT);
INSERT INTO n SELECT DISTINCT id, name FROM users;
DROP TABLE users;
ALTER TABLE n RENAME TO users;
-- file: 0005_group_by.sql
CREATE TABLE n (id INTEGER, name TEXT);
INSERT INTO n SELECT id, name FROM users GROUP BY name;
DROP TABLE users;
ALTER TABLE n RENAME TO users;
-- file: 0006_aggregates.sql
CREATE TABLE n (id INTEGER, name TEXT);
INSERT INTO n SELECT max(id), 1 + (count(*)) || name FROM users;
DROP TABLE users;
ALTER TABLE n RENAME TO users;
-- file: 0007_unique.sql
CREATE TABLE n (id INTEGER, name TEXT UNIQUE);
INSERT INTO n SELECT id, name FROM users WHERE true ON CONFLICT DO NOTHING;
DROP TABLE users;
ALTER TABLE n RENAME TO users;
-- file: 0008_not_null.sql
CREATE TABLE n (id INTEGER, name TEXT UNIQUE NOT NULL);
INSERT OR IGNORE INTO n SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE n RENAME TO users;
-- file: 0009_copy_and_delete.sql
CREATE TABLE n (id INTEGER, name TEXT);
INSERT INTO n SELECT id, name FROM users;
DELETE FROM n;
DROP TABLE users;
ALTER TABLE n RENAME TO users;
