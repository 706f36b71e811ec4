CREATE TABLE themes (name TEXT PRIMARY KEY, size INT CHECK (size BETWEEN 1 AND 10));
INSERT INTO themes VALUES ('dark', 5), ('light', 9);
UPDATE themes SET size = size + 2;
