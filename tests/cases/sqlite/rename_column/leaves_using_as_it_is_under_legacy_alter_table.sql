CREATE TABLE t (id, b);
CREATE TABLE u (id, c);
PRAGMA legacy_alter_table = ON;
CREATE VIEW v AS SELECT t.id, b FROM t JOIN u USING (id);
ALTER TABLE t RENAME COLUMN id TO key;
DROP VIEW v;
