CREATE TABLE t (a);
SELECT rowid, oid, _rowid_, t.rowid, "rowid" FROM t;
