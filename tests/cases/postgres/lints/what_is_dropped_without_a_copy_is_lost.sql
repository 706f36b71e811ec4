-- file: 0001_create_users.sql
CREATE TABLE users (id bigint, name text, doubled bigint GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE teams (id bigint);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0002_forget.sql
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
DROP VIEW names;
ALTER TABLE users DROP COLUMN doubled;
ALTER TABLE users DROP COLUMN name;
DROP TABLE teams;
