-- file: 0001_tables.sql
CREATE TABLE t (a);
-- file: 0002_rollback.sql
BEGIN;
CREATE TABLE u (a);
COMMIT;
ROLLBACK;
