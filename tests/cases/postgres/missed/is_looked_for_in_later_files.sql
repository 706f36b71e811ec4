-- file: 0001_first.sql
CREATE TABLE stories (id integer PRIMARY KEY);
UPDATE stories SET usage_count = 0;
CREATE VIEW titles AS SELECT title FROM chapters;
-- file: 0002_second.sql
ALTER TABLE stories ADD COLUMN usage_count integer;
CREATE TABLE chapters (title text);
