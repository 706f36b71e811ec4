CREATE TABLE users (id int);
ALTER TABLE users ALTER id TYPE bigint, ALTER id TYPE text;
