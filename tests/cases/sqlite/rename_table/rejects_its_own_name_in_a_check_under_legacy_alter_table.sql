CREATE TABLE t (a, CHECK (t.a <> 1));
PRAGMA legacy_alter_table = ON;
ALTER TABLE t RENAME TO u;
