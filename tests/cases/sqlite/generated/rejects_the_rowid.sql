CREATE TABLE t (a, b AS (rowid));
