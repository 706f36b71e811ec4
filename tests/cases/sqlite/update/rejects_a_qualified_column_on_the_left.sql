CREATE TABLE t (a);
UPDATE t SET t.a = 1;
