CREATE TABLE t (a int);
UPDATE t SET t.a = 1;
