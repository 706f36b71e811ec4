CREATE TABLE t (a, b AS (a));
INSERT INTO t (a, b) VALUES (1, 2);
