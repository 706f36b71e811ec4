CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN small AS positive CHECK (VALUE < 100);
CREATE TABLE t (a small DEFAULT 5, b positive[]);
CREATE VIEW v AS SELECT a + 1 AS x, a::positive AS y, b[1] AS z FROM t;
