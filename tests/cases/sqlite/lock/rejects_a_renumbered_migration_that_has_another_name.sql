-- engine accepts: it knows nothing of releases
-- file: V1__create_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);

CREATE INDEX users_email ON users (email);
-- file: V3__add_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
-- file: tablature.lock
# The released migrations.
1 create_users cabce2e8d1a1be63 732c7226f33bb1d5
2 create_posts 0e8ec88aa25c60cb
