CREATE TABLE t (a, b AS (date(a)));
