CREATE TABLE t (a);
SELECT * FROM t WHERE a IN missing;
