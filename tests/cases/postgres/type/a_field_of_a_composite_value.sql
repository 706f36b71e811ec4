CREATE TYPE address AS (street text, city text);
CREATE TABLE people (home address);

SELECT home.street FROM people;
SELECT (home).stret FROM people;
