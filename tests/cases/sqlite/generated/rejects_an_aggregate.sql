CREATE TABLE t (a, b AS (sum(a)));
