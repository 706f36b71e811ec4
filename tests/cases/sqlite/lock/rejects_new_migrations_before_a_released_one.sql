-- engine accepts: it knows nothing of releases
-- file: 0001_create_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);

CREATE INDEX users_email ON users (email);
-- file: 0002_create_roles.up.sql
CREATE TABLE roles (id INTEGER PRIMARY KEY);
-- file: 0002_create_roles.down.sql
DROP TABLE roles;
-- file: 0003_create_teams.up.sql
CREATE TABLE teams (id INTEGER PRIMARY KEY);
-- file: 0004_create_posts.up.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
-- file: 0005_create_tags.up.sql
CREATE TABLE tags (id INTEGER PRIMARY KEY);
-- file: tablature.lock
# The released migrations.
1 create_users cabce2e8d1a1be63 732c7226f33bb1d5
4 create_posts 0e8ec88aa25c60cb
