CREATE TABLE t (a int);
SELECT a FROM t HAVING count(*) > 1;
