CREATE TABLE users (id int);
CREATE TABLE users_id_key (id int);
ALTER TABLE users ADD CONSTRAINT users_id_key UNIQUE (id);
