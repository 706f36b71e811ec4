-- engine accepts: it knows nothing of releases
-- file: 2026-01-02-030405_create_users/up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);

CREATE INDEX users_email ON users (email);
-- file: 2026-01-03-030405_create_roles/up.sql
CREATE TABLE roles (id INTEGER PRIMARY KEY);
-- file: 2026-01-04-030405_create_posts/up.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
-- file: tablature.lock
20260102030405 create_users cabce2e8d1a1be63 732c7226f33bb1d5
20260104030405 create_posts 0e8ec88aa25c60cb
