CREATE TABLE t (a, b AS (c) STORED, c AS (b));
UPDATE t SET a = 1;
