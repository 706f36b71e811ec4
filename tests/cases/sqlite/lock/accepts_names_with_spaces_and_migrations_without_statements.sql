-- tablature.toml: lints.empty_migration = "allow"
-- file: 0001_create the users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);

CREATE INDEX users_email ON users (email);
-- file: 0002_nothing.sql
-- nothing to do
-- file: tablature.lock
1 create_the_users cabce2e8d1a1be63 732c7226f33bb1d5
2 nothing
