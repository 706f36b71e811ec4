CREATE TABLE t (a);
SELECT a FROM t WHERE count(*) > 1;
