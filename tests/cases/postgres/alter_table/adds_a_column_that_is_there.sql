CREATE TABLE users (id int);
ALTER TABLE users ADD COLUMN id int;
