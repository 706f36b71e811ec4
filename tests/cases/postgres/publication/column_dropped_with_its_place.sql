CREATE TABLE tales (id integer PRIMARY KEY, title text, mood text);
CREATE TABLE tellers (id integer PRIMARY KEY);
CREATE PUBLICATION news FOR TABLE tales (id, title) WHERE (id > 1), tellers;
CREATE PUBLICATION old FOR TABLE tales (id, mood);
-- file: 0002_drop.sql
ALTER TABLE tales DROP COLUMN title CASCADE;
-- file: 0003_drop.sql
DROP TABLE tellers;
-- file: 0004_set.sql
ALTER PUBLICATION old SET TABLE tales (id);
ALTER TABLE tales DROP COLUMN mood;
