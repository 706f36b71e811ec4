CREATE TABLE users (id int);
CREATE TABLE posts (id int);
CREATE UNIQUE INDEX posts_id ON posts (id);
ALTER TABLE users ADD UNIQUE USING INDEX posts_id;
