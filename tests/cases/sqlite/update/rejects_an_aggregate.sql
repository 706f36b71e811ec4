CREATE TABLE t (a);
UPDATE t SET a = count(*);
