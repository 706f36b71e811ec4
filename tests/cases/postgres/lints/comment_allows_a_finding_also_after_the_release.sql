-- file: 0001_create_users.sql
CREATE TABLE users (id bigint);
-- file: 0002_find_users.sql
-- tablature: allow(blocking_index) the table is small
CREATE INDEX users_by_id ON users (id);
-- file: 0003_more.sql
CREATE TABLE teams (id bigint);
