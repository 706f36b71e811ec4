CREATE TABLE users (id int, UNIQUE (id, id));
