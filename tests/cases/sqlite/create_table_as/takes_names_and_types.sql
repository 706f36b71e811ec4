CREATE TABLE t (a VARCHAR(10) NOT NULL DEFAULT 'x', b INT PRIMARY KEY, c DATE, d BLOB, e);
CREATE TABLE u AS SELECT a, b AS key, c, d, e, a || 'x', b + 1 AS next, 1.5 AS r, count(*) FROM t;
