CREATE TABLE t (a, b);
SELECT a FROM t GROUP BY count(b);
