CREATE TABLE t (a);
UPDATE t SET a = 1 WHERE "status" = 'x';
