-- engine accepts: it knows nothing of releases
-- file: 0001_create_users.sql
-- tablature: step crate::steps::fill_slugs
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
-- file: tablature.lock
1 create_users cabce2e8d1a1be63
