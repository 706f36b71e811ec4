CREATE TABLE t (a int, b int defualt 5, c text,, d text);
CREATE INDEX i ON t (a);
CREATE VIEW v AS SELECT a, zzz FROM t;
SELECT nope FROM v;
ALTER TABLE t ADD COLUMN e int;
INSERT INTO t (a, b) VALUES (1, 2);
DROP INDEX i;
DROP TABLE t CASCADE;
