CREATE TABLE players (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE VIRTUAL TABLE players_text USING fts5(name, content = 'players', content_rowid = 'id');
DROP TABLE players;
INSERT INTO players_text (players_text) VALUES ('rebuild');
