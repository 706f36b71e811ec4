CREATE TABLE themes (name TEXT PRIMARY KEY, colour TEXT NOT NULL);
INSERT INTO themes VALUES ('dark', '#000'), ('light', '#fff');
UPDATE themes SET name = 'sepia' WHERE name = 'dark';
INSERT INTO themes VALUES ('sepia', '#a84');
