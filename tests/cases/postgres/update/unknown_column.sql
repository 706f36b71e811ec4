CREATE TABLE t (a int);
UPDATE t SET b = 1;
