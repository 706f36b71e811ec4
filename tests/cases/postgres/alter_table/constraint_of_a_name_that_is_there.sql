CREATE TABLE users (id int CONSTRAINT positive CHECK (id > 0));
ALTER TABLE users ADD CONSTRAINT positive CHECK (id > 1);
