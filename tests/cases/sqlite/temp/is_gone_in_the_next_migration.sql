-- file: 0001_first.sql
CREATE TEMP TABLE t (a);
-- file: 0002_next.sql
CREATE TABLE u AS SELECT a FROM t;
