-- file: 0001_create.sql
CREATE TABLE t (a INTEGER, b INTEGER);
-- file: 0002_rename.sql
ALTER TABLE t RENAME COLUMN a TO first;
-- file: 0003_rename_again.sql
ALTER TABLE t RENAME COLUMN first TO start;
-- file: 0004_use.sql
UPDATE t SET b = a;
