CREATE TABLE players (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE VIRTUAL TABLE players_text USING fts5(name, content = 'players', content_rowid = 'id');
INSERT INTO players_text (players_text) VALUES ('rebuild');
ALTER TABLE players RENAME COLUMN name TO nick;
INSERT INTO players_text (players_text) VALUES ('rebuild');
