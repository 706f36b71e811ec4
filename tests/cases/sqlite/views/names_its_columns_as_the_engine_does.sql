CREATE TABLE t (a INTEGER, B TEXT, "c d");
CREATE VIEW v AS SELECT a, t.B, b AS renamed, a + 1, count(*), 'x', lower( B ), "c d", (SELECT 1), rowid FROM t;
