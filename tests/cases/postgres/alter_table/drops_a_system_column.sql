CREATE TABLE users (id int);
ALTER TABLE users DROP COLUMN ctid;
