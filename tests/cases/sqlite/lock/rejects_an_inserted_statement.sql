-- engine accepts: it knows nothing of releases
-- file: 0001_create_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
CREATE TABLE roles (id INTEGER PRIMARY KEY);
CREATE INDEX users_email ON users (email);
-- file: tablature.lock
# The released migrations.
1 create_users cabce2e8d1a1be63 732c7226f33bb1d5
