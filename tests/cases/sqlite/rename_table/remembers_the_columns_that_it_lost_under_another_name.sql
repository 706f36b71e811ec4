-- file: 0001_create.sql
CREATE TABLE tales (a INTEGER, b INTEGER);
-- file: 0002_drop.sql
ALTER TABLE tales DROP COLUMN a;
-- file: 0003_rename.sql
ALTER TABLE tales RENAME TO stories;
-- file: 0004_use.sql
UPDATE stories SET b = a;
