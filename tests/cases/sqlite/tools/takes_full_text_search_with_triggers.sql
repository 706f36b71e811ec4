-- file: 0001_notes.sql
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    archived INTEGER NOT NULL DEFAULT 0
);
CREATE VIRTUAL TABLE notes_fts USING fts5(title, body, content=notes, content_rowid=id, tokenize="unicode61 remove_diacritics 2", prefix='2 3');
CREATE TRIGGER notes_ai AFTER INSERT ON notes BEGIN
  INSERT INTO notes_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER notes_ad AFTER DELETE ON notes BEGIN
  INSERT INTO notes_fts(notes_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;
CREATE TRIGGER notes_au AFTER UPDATE ON notes BEGIN
  INSERT INTO notes_fts(notes_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
  INSERT INTO notes_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
END;
INSERT INTO notes_fts(notes_fts) VALUES ('rebuild');
INSERT INTO notes_fts(notes_fts, rank) VALUES ('automerge', 4);
CREATE VIEW found AS
SELECT n.id, n.title, snippet(notes_fts, 1, '<b>', '</b>', '…', 12) AS extract, bm25(notes_fts, 2.0, 1.0) AS score, f.rank
FROM notes_fts f JOIN notes n ON n.id = f.rowid
WHERE notes_fts MATCH 'x' AND n.archived = 0 ORDER BY rank;
-- file: 0002_vocab.sql
CREATE VIRTUAL TABLE notes_terms USING fts5vocab('notes_fts', 'row');
CREATE VIEW frequent AS SELECT term, doc, cnt FROM notes_terms WHERE cnt > 10;
INSERT INTO notes_fts(notes_fts) VALUES ('optimize');
CREATE VIRTUAL TABLE places USING rtree(id, west, east, south, north, +label TEXT);
CREATE VIEW near AS SELECT id, label FROM places WHERE west <= 1.0 AND east >= 0.5;
