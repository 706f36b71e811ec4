CREATE TABLE people (id int, name text);
CREATE TABLE users () INHERITS (people);
ALTER TABLE users ALTER name TYPE varchar(10);
