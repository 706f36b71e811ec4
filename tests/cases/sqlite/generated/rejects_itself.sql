CREATE TABLE t (x, a AS (a + 1));
