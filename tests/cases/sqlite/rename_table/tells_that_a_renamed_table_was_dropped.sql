-- file: 0001_create.sql
CREATE TABLE tales (a INTEGER);
ALTER TABLE tales RENAME TO stories;
-- file: 0002_drop.sql
DROP TABLE stories;
-- file: 0003_use.sql
ALTER TABLE tales ADD COLUMN b TEXT;
