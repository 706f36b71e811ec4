CREATE TABLE users (id int PRIMARY KEY, name text CONSTRAINT named CHECK (name <> ''));
ALTER TABLE users RENAME CONSTRAINT named TO has_name;
ALTER TABLE users RENAME CONSTRAINT users_pkey TO users_key;
