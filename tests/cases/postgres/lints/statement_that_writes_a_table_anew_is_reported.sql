-- file: 0001_create_users.sql
CREATE TABLE users (id bigint);
CREATE INDEX users_by_id ON users (id);
-- file: 0002_anew.sql
ALTER TABLE users SET UNLOGGED;
ALTER TABLE users SET UNLOGGED;
CLUSTER users USING users_by_id;
