CREATE TABLE t (a);
SELECT lower(a) OVER () FROM t;
