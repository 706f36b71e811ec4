-- file: 0001_create.sql
CREATE TABLE t (a);
CREATE VIEW v AS SELECT nope FROM t;
SELECT * FROM v;
INSERT INTO t SELECT * FROM v;
-- file: 0002_use.sql
SELECT * FROM v;
SELECT nil FROM t;
