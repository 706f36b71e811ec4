CREATE TABLE users (id int);
ALTER TABLE users ALTER id TYPE bigserial;
