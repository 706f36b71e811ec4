-- engine accepts: it knows nothing of releases
-- file: 0001_create_users.sql
CREATE TABLE roles (id INTEGER PRIMARY KEY);
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE tags (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);

CREATE INDEX users_email ON users (email);
-- file: tablature.lock
1 create_users cabce2e8d1a1be63 732c7226f33bb1d5
