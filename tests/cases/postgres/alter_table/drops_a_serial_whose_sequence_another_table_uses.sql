CREATE TABLE users (id serial, name text);
CREATE TABLE guests (id int DEFAULT nextval('users_id_seq'));
ALTER TABLE users DROP COLUMN id;
