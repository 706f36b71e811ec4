-- file: 0001_table.sql
CREATE TABLE t (a);
-- file: 0002_vacuum.sql
-- no-transaction: VACUUM cannot run in one
VACUUM;
