CREATE TABLE themes (name TEXT PRIMARY KEY, colour TEXT NOT NULL);
INSERT INTO themes VALUES ('dark', '#000'), ('light', '#fff');
UPDATE themes SET colour = NULL WHERE name = 'light';
