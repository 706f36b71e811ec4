CREATE TABLE t (a);
SELECT sum(*) FROM t;
