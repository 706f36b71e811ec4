-- file: 0001_themes.sql
CREATE TABLE themes (name TEXT PRIMARY KEY, colour TEXT);
INSERT INTO themes VALUES ('dark', '#000'), ('light', NULL);
-- file: 0002_rebuild.sql
CREATE TABLE new_themes (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, colour TEXT NOT NULL);
INSERT INTO new_themes (name, colour) SELECT lower(name), coalesce(colour, '#fff') FROM themes;
DROP TABLE themes;
ALTER TABLE new_themes RENAME TO themes;
-- file: 0003_again.sql
INSERT INTO themes (name, colour) VALUES ('light', '#eee');
