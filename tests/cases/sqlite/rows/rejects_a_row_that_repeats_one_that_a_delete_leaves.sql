CREATE TABLE themes (name TEXT PRIMARY KEY, colour TEXT NOT NULL);
INSERT INTO themes VALUES ('dark', '#000'), ('light', '#fff');
DELETE FROM themes WHERE name = 'dark';
INSERT INTO themes VALUES ('dark', '#111');
INSERT INTO themes VALUES ('light', '#eee');
