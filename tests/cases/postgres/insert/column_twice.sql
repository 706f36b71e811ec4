CREATE TABLE t (a int);
INSERT INTO t (a, a) VALUES (1, 2);
