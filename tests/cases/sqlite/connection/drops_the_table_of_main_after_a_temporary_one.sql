-- tablature.toml: lints.destructive = "allow"
-- file: 0001_both.sql
CREATE TABLE t (a);
CREATE TEMP TABLE t (b);
-- file: 0002_drop.sql
DROP TABLE t;
