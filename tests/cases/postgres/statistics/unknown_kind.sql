CREATE TABLE t (a int, b int);
CREATE STATISTICS s (histogram) ON a, b FROM t;
