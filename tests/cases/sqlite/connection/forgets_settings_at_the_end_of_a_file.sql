-- file: 0001_set.sql
PRAGMA legacy_alter_table = ON;
CREATE TABLE t (a);
CREATE VIEW v AS SELECT a FROM t;
-- file: 0002_rename.sql
ALTER TABLE t RENAME TO q;
