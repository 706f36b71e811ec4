CREATE TABLE users (id int CHECK (id + 1));
