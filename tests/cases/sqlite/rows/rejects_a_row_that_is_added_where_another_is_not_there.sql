CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO settings (name, value) VALUES ('theme', 'dark');
INSERT INTO settings (name, value) SELECT 'theme', NULL WHERE EXISTS (SELECT 1 FROM settings WHERE name = 'language');
INSERT INTO settings (name, value) SELECT 'language', NULL WHERE NOT EXISTS (SELECT 1 FROM settings WHERE name = 'language');
