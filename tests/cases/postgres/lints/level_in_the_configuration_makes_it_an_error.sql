-- tablature.toml: lints.blocking_index = "deny"
-- engine accepts: the configuration asks for an error
-- file: 0001_create_users.sql
CREATE TABLE users (id bigint);
-- file: 0002_find_users.sql
CREATE INDEX users_by_id ON users (id);
