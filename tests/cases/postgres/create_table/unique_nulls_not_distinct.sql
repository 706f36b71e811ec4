CREATE TABLE users (id int, name text, UNIQUE NULLS NOT DISTINCT (name), UNIQUE (id) INCLUDE (name));
