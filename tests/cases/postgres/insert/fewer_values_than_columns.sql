CREATE TABLE t (a int, b int);
INSERT INTO t (a, b) VALUES (1);
