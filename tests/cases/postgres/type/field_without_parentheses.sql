CREATE TYPE addr AS (street text);
CREATE TABLE people (home addr);
CREATE VIEW v AS SELECT home.street FROM people;
