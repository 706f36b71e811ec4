-- file: 0001_themes.sql
CREATE TABLE themes (name TEXT PRIMARY KEY, colour TEXT);
INSERT INTO themes (name) VALUES ('dark'), ('light');
-- file: 0002_rebuild.sql
CREATE TABLE new_themes (name TEXT PRIMARY KEY, colour TEXT NOT NULL);
INSERT INTO new_themes SELECT name, colour FROM themes;
DROP TABLE themes;
ALTER TABLE new_themes RENAME TO themes;
