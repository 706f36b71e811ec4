-- file: 0001_create_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
CREATE INDEX users_by_name ON users (name);
-- file: 0002_find_users.sql
CREATE INDEX users_by_email ON users (email);
CREATE INDEX IF NOT EXISTS users_by_name ON users (name);
REINDEX TABLE users;
CREATE TABLE teams (id bigint, name text);
CREATE INDEX teams_by_name ON teams (name);
