CREATE TABLE t (a int, b int);
UPDATE t SET (a, b) = (1, 2, 3);
