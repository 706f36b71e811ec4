CREATE TABLE users (id int);
CREATE TABLE people (id int);
ALTER TABLE users RENAME TO people;
