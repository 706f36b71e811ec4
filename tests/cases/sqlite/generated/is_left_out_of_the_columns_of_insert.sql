CREATE TABLE t (a, b AS (a), c);
INSERT INTO t VALUES (1, 2);
