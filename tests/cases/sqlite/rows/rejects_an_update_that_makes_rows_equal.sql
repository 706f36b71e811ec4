CREATE TABLE themes (name TEXT PRIMARY KEY, code TEXT UNIQUE);
INSERT INTO themes VALUES ('dark', 'd'), ('light', 'l');
UPDATE themes SET code = 'x';
