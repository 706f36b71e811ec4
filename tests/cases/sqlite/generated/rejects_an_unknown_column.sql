CREATE TABLE t (a, b AS (c));
