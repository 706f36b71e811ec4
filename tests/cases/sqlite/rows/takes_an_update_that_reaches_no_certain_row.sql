CREATE TABLE themes (name TEXT PRIMARY KEY, colour TEXT NOT NULL, size INT CHECK (size < 10));
INSERT INTO themes VALUES ('dark', '#000', 1), ('light', '#fff', 2);
UPDATE themes SET colour = NULL WHERE name = 'sepia';
UPDATE themes SET size = 20 WHERE size > 5;
UPDATE OR IGNORE themes SET colour = NULL;
UPDATE themes SET size = 3;
UPDATE themes SET name = upper(name);
INSERT INTO themes VALUES ('dark', '#111', 3);
