-- file: 0001_create.sql
CREATE TABLE t (a INTEGER, b INTEGER);
-- file: 0002_rename.sql
ALTER TABLE t RENAME COLUMN a TO first;
-- file: 0003_drop.sql
ALTER TABLE t DROP COLUMN first;
-- file: 0004_use.sql
ALTER TABLE t RENAME COLUMN a TO c;
