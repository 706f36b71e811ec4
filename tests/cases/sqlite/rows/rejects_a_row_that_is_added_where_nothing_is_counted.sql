CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO settings (name, value) VALUES ('theme', 'dark');
DELETE FROM settings;
INSERT INTO settings (name, value) SELECT 'theme', 'dark' WHERE (SELECT count(*) FROM settings) = 0;
INSERT INTO settings (name, value) SELECT 'theme', 'dark' WHERE (SELECT count(*) FROM settings) = 1;
