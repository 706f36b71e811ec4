CREATE TABLE t (a);
SELECT x.rowid FROM (SELECT a + 1 FROM t) AS x;
