CREATE TABLE users (id int);
ALTER TABLE users RENAME TO public.people;
