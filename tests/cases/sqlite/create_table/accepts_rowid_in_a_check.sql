CREATE TABLE t (a CHECK (rowid > 0 AND t.a > 0));
