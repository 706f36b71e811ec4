CREATE TABLE t (a int);
UPDATE t SET a = max(a);
