-- file: 0001_set.sql
CREATE SCHEMA app;
SET search_path TO app;
CREATE TABLE t (a int);
-- file: 0002_gone.sql
CREATE TABLE u (a int);
SELECT a FROM t;
