CREATE TABLE t (a, b);
SELECT * FROM t WHERE (a, b) > (1, 2) AND (a, b) IN (SELECT b, a FROM t) AND (a, b) = (SELECT 1, 2);
