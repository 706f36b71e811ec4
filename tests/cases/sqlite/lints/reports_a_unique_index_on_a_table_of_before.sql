-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0002_unique.sql
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE TABLE guests (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX guests_by_email ON guests (email);
