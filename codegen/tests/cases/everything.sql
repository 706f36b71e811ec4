-- file: 0001_create_stories.up.sql
CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL COLLATE NOCASE UNIQUE,
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'told')),
    length INTEGER CHECK (length > 0),
    words INTEGER GENERATED ALWAYS AS (length / 5) STORED
);
-- file: 0001_create_stories.down.sql
DROP TABLE stories;
-- file: 0002_create_reactions.up.sql
-- no-transaction
CREATE TABLE "Reactions" (
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    reader TEXT NOT NULL,
    PRIMARY KEY (story, reader)
) STRICT, WITHOUT ROWID;
CREATE INDEX reactions_by_reader ON reactions (reader) WHERE reader <> '';
CREATE TRIGGER tell AFTER INSERT ON reactions BEGIN
    UPDATE stories SET status = 'told' WHERE id = new.story;
END;
CREATE VIEW told AS SELECT title FROM stories WHERE status = 'told';
CREATE VIRTUAL TABLE search USING fts5(title, content = 'stories');
