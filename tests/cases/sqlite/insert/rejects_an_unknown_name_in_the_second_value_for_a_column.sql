CREATE TABLE t (a, b);
INSERT INTO t (a, a) VALUES (1, c);
