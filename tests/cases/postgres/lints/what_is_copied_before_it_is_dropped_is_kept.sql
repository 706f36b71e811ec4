-- file: 0001_create_users.sql
CREATE TABLE users (id bigint, name text);
CREATE TABLE teams (id bigint);
-- file: 0002_move.sql
CREATE TABLE names AS SELECT id, name FROM users;
ALTER TABLE users DROP COLUMN name;
ALTER TABLE teams RENAME TO old_teams;
CREATE TABLE teams (id bigint, name text);
INSERT INTO teams (id) SELECT id FROM old_teams;
DROP TABLE old_teams;
