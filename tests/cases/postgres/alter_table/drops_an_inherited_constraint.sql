CREATE TABLE people (id int CONSTRAINT positive CHECK (id > 0));
CREATE TABLE users () INHERITS (people);
ALTER TABLE users DROP CONSTRAINT positive;
