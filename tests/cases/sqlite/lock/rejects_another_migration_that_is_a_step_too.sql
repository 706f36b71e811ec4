-- engine accepts: it knows nothing of releases
-- file: 0001_create_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
-- file: 0003_fill_names.sql
-- tablature: step crate::steps::fill_names
-- file: tablature.lock
1 create_users cabce2e8d1a1be63
2 fill_slugs step
