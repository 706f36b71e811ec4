-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0001_users.down.sql
DROP TABLE users;
-- file: 0002_tales.up.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY);
-- file: 0002_tales.down.sql
DROP TABLE tales;
