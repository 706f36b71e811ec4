CREATE TABLE themes (name TEXT PRIMARY KEY, size INT) STRICT;
INSERT INTO themes VALUES ('dark', 5);
UPDATE themes SET size = 'big';
