-- engine accepts: it knows nothing of releases
-- tablature.toml: lints.empty_migration = "allow"
-- file: 0001_create_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);

CREATE INDEX users_email ON users (email);
-- file: 0002_create_posts.sql
-- moved to 0003

-- file: tablature.lock
1 create_users cabce2e8d1a1be63 732c7226f33bb1d5
2 create_posts 0e8ec88aa25c60cb
