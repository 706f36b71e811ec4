CREATE TABLE settings (id INTEGER PRIMARY KEY, name TEXT UNIQUE, value TEXT NOT NULL);
INSERT INTO settings (id, name, value) VALUES (1, 'theme', 'dark');
INSERT OR IGNORE INTO settings (name, value) VALUES ('theme', 'light'), ('language', 'en');
INSERT INTO settings (name, value) VALUES ('language', 'de');
