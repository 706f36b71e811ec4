CREATE TABLE t (a, b);
CREATE VIEW v AS SELECT a, "a" AS again, t.a + b AS total FROM t WHERE a > 0 ORDER BY a;
ALTER TABLE t RENAME COLUMN a TO z;
