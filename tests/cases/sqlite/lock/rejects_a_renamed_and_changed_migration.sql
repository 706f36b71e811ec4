-- engine accepts: it knows nothing of releases
-- file: 0001_create_accounts.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
CREATE UNIQUE INDEX users_email ON users (email);
-- file: tablature.lock
1 create_users cabce2e8d1a1be63 732c7226f33bb1d5
