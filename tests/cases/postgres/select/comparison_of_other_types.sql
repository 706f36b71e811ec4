CREATE TABLE t (a int, b text);
SELECT 1 FROM t WHERE a = b;
