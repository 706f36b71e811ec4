CREATE TABLE t (x, a AS (b), b AS (a));
