CREATE TABLE t (a, b);
SELECT a, b, max(b) FROM t GROUP BY 1, lower(a), b || a HAVING max(b) > 1;
