-- file: 0001_create_users.sql
CREATE TABLE users (id bigint, name text);
-- file: 0002_find_users.sql
CREATE INDEX users_by_id ON users (id);
-- file: 0003_find_names.sql
CREATE INDEX users_by_name ON users (name);
