CREATE TABLE users (id int, CONSTRAINT positive CHECK (id > 0), CONSTRAINT positive CHECK (id > 1));
