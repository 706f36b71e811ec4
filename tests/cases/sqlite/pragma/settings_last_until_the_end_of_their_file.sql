-- file: 0001_settings.sql
CREATE TABLE t (a);
PRAGMA legacy_alter_table = ON;
PRAGMA query_only = ON;
-- file: 0002_after.sql
CREATE VIEW v AS SELECT a FROM t;
ALTER TABLE t RENAME TO u;
