CREATE TABLE themes (name TEXT PRIMARY KEY, colour TEXT NOT NULL);
INSERT INTO themes VALUES ('dark', '#000'), ('light', '#fff');
DELETE FROM themes WHERE name LIKE 'd%';
INSERT INTO themes VALUES ('dark', '#111');
DELETE FROM themes;
INSERT INTO themes VALUES ('dark', '#000'), ('light', '#fff');
