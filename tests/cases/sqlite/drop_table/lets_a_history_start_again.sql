-- file: 0001_first.sql
CREATE TABLE t (a);
-- file: 0002_again.sql
DROP TABLE t;
CREATE TABLE t (b);
-- file: 0003_use.sql
UPDATE t SET b = 1;
