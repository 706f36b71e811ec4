CREATE TABLE t (a);
CREATE TABLE t_new (a, b);
INSERT INTO t_new (a, b) SELECT a, b FROM t;
