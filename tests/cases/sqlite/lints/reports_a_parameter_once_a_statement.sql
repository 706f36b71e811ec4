-- file: 0001_create.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE lows (id INTEGER PRIMARY KEY);
-- file: 0001_create.down.sql
DELETE FROM users WHERE id = $id;
DROP TABLE lows;
DROP TABLE users;
-- file: 0002_fill.up.sql
INSERT INTO users (name, email) VALUES (:n, @m);
UPDATE users SET name = ?1, email = ?;
CREATE TABLE copies AS SELECT name FROM users WHERE id = ?;
EXPLAIN SELECT :a;
-- tablature: allow(bound_parameter) NULL is meant
DELETE FROM users WHERE name = :n;
