-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_posts.sql
-- CREATE TABLE posts (id INTEGER PRIMARY KEY);
;
-- file: 0003_kept_free.sql
-- tablature: allow(empty_migration) this number is kept free
