-- A table is built anew, as SQLite's documentation advises.
CREATE TABLE stories_new (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    author_id INTEGER NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
    title     TEXT NOT NULL,
    body      TEXT NOT NULL DEFAULT '',
    mood      TEXT NOT NULL DEFAULT 'merry' CHECK (mood IN ('merry', 'grim'))
);
INSERT INTO stories_new (id, author_id, title, body) SELECT id, author_id, title, body FROM stories;
DROP TABLE stories;
ALTER TABLE stories_new RENAME TO stories;
CREATE INDEX stories_by_author ON stories (author_id);
UPDATE stories SET mood = 'grim' WHERE id % 4 = 0;
