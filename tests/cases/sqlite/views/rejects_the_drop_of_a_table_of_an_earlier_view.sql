-- file: 0001_views.sql
CREATE TABLE t (a);
CREATE TABLE log (a);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;
CREATE TRIGGER r AFTER INSERT ON log BEGIN DELETE FROM t; END;
-- file: 0002_drop.sql
-- tablature: allow(destructive) a test
DROP TABLE t;
