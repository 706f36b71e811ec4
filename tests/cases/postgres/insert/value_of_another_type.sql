CREATE TABLE t (a int, at date);
INSERT INTO t (at) VALUES (5);
