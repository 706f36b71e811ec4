CREATE TABLE t (rowid TEXT, x CHECK (oid > 0));
