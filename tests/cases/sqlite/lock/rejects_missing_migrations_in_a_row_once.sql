-- engine accepts: it knows nothing of releases
-- file: 0003_create_tags.sql
CREATE TABLE tags (id INTEGER PRIMARY KEY);
-- file: tablature.lock
# The released migrations.
1 create_users cabce2e8d1a1be63 732c7226f33bb1d5
2 create_posts 0e8ec88aa25c60cb
