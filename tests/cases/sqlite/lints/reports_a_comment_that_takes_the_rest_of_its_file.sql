-- file: 0001_create_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY); /* closed */
/* open
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0001_create_users.down.sql
DROP TABLE users;
/*/ DROP TABLE posts;
-- file: 0002_create_posts.up.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0002_create_posts.down.sql
DROP TABLE posts; /**/
