CREATE TABLE t (a int);
UPDATE t AS x SET a = 1 WHERE t.a = 2;
