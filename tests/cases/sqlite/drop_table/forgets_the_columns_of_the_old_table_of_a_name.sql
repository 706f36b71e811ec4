-- file: 0001_create.sql
CREATE TABLE t (a INTEGER, b INTEGER);
ALTER TABLE t RENAME COLUMN a TO c;
-- file: 0002_drop.sql
-- tablature: allow(destructive) it was never used
DROP TABLE t;
-- file: 0003_again.sql
CREATE TABLE t (b INTEGER);
-- file: 0004_use.sql
UPDATE t SET b = a;
