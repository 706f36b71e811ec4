-- no-transaction
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = ON;
BEGIN IMMEDIATE;
CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id));
CREATE VIEW families AS SELECT p.name, count(*) AS n FROM parents p JOIN children c ON c.parent = p.id GROUP BY p.id;
ALTER TABLE parents RENAME TO parents_old;
CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '?');
INSERT INTO parents SELECT id, coalesce(name, '?') FROM parents_old;
DROP TABLE parents_old;
COMMIT;
PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_key_check;
PRAGMA foreign_keys = ON;
VACUUM;
ANALYZE;
PRAGMA optimize;
