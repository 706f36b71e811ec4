CREATE TABLE t (a, b);
SELECT * FROM t WHERE (a, b) = (1, 2, 3);
