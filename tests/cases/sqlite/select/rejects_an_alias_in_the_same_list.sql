CREATE TABLE t (a);
SELECT a + 1 AS next, next + 1 FROM t;
