CREATE TYPE t AS (a int, b text);
CREATE TABLE b (LIKE t);
