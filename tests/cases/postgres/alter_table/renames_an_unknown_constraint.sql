CREATE TABLE users (id int PRIMARY KEY);
ALTER TABLE users RENAME CONSTRAINT users_key TO users_pk;
