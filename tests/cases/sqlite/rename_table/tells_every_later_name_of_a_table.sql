-- file: 0001_create.sql
CREATE TABLE tales (a INTEGER);
-- file: 0002_rename.sql
ALTER TABLE tales RENAME TO stories;
ALTER TABLE stories RENAME TO fairy_tales;
-- file: 0003_use.sql
UPDATE tales SET a = 1;
DROP TABLE tales;
