CREATE TABLE people (id int, name text);
CREATE TABLE users () INHERITS (people);
ALTER TABLE ONLY people RENAME name TO nick;
