CREATE TYPE point3 AS (x int, y int);
CREATE TABLE points (y int, x int);
ALTER TABLE points OF point3;
