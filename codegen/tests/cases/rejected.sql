-- file: 0001_create.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
-- file: 0002_wrong.sql
CREATE INDEX i ON users (mail);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: tablature.toml
[tables.not_there]
struct = "Member"
