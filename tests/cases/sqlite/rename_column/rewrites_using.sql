CREATE TABLE t (id, a);
CREATE TABLE u (id, b);
CREATE VIEW v AS SELECT t.id, a, b FROM t JOIN u ON t.id = u.id;
ALTER TABLE t RENAME COLUMN id TO key;
