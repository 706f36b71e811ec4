CREATE TABLE people (home text);
CREATE VIEW v AS SELECT (home).street FROM people;
