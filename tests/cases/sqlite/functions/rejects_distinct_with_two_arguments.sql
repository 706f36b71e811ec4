CREATE TABLE t (a);
SELECT group_concat(DISTINCT a, ';') FROM t;
