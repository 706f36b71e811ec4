CREATE TABLE users (id int);
ALTER TABLE users ADD UNIQUE USING INDEX users_id;
