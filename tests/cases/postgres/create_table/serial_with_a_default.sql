CREATE TABLE users (id serial DEFAULT 1);
