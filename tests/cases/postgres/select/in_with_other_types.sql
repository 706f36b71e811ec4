CREATE TABLE t (a int);
SELECT 1 FROM t WHERE a IN ('1', '2', 'x');
