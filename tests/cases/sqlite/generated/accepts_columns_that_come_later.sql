CREATE TABLE t (b AS (a), a);
