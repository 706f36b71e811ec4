-- file: 0001_create.sql
CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT);
CREATE UNIQUE INDEX parent_by_code ON parent (code);
CREATE TABLE child (code TEXT REFERENCES parent (code));
-- file: 0002_drop.sql
DROP INDEX parent_by_code;
