-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_users.down.sql
DROP TABLE user;
