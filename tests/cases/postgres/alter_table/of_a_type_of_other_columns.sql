CREATE TYPE point3 AS (x int, y int, z int);
CREATE TABLE points (x int, y int);
ALTER TABLE points OF point3;
