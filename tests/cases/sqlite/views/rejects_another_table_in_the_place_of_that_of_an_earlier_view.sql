-- file: 0001_views.sql
CREATE TABLE t (a, b);
CREATE VIEW v AS SELECT a, b FROM t;
-- file: 0002_again.sql
-- tablature: allow(destructive) a test
DROP TABLE t;
CREATE TABLE t (c);
