CREATE TABLE users (id serial);
DROP SEQUENCE users_id_seq;
