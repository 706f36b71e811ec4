-- file: 0001_tables.sql
CREATE TABLE t (a);
-- file: 0002_undone.sql
CREATE TABLE u (b);
BEGIN;
CREATE TABLE v (a);
SAVEPOINT one;
ALTER TABLE t ADD COLUMN c;
ROLLBACK;
SELECT a, b FROM t, u;
