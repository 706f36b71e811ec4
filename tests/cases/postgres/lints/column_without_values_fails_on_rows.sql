-- file: 0001_create_users.sql
CREATE TABLE users (id bigint);
-- file: 0002_names.sql
ALTER TABLE users ADD COLUMN name text NOT NULL;
CREATE TABLE teams (id bigint);
ALTER TABLE teams ADD COLUMN name text NOT NULL;
