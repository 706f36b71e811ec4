CREATE TABLE t (a, b, c);
SELECT * FROM t AS x JOIN t AS x;
