CREATE TABLE t (a);
SELECT sum(count(*)) FROM t;
