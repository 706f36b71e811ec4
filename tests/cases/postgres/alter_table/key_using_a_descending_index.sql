CREATE TABLE users (id int);
CREATE UNIQUE INDEX users_id ON users (id DESC);
ALTER TABLE users ADD UNIQUE USING INDEX users_id;
