CREATE TABLE "stories" (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'told', 'error', 'ok', '')),
    "type" TEXT,
    "self" BOOLEAN NOT NULL DEFAULT FALSE,
    "table" REAL,
    "insert" BLOB,
    anything,
    length INTEGER NOT NULL,
    words INTEGER GENERATED ALWAYS AS (length / 5) STORED,
    told_at DATETIME
);
CREATE TABLE "Story Tags" (
    story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    tag TEXT NOT NULL COLLATE NOCASE,
    weight REAL NOT NULL DEFAULT (1.0) CHECK (weight >= 0),
    CONSTRAINT tagged_once PRIMARY KEY (story, tag),
    UNIQUE (tag, weight)
) STRICT, WITHOUT ROWID;
CREATE TABLE options (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE strings (text TEXT NOT NULL);
CREATE INDEX stories_by_title ON stories (title COLLATE NOCASE DESC) WHERE status <> 'error';
CREATE TRIGGER tag AFTER INSERT ON stories WHEN new.type IS NOT NULL BEGIN
    INSERT INTO "Story Tags" (story, tag) VALUES (new.id, new.type);
END;
CREATE VIEW drafts AS
    SELECT s.id, s.title, s.status, t.tag, CAST(s.length AS TEXT) AS length_text
    FROM stories AS s LEFT JOIN "Story Tags" AS t ON t.story = s.id
    WHERE s.status = 'draft';
CREATE VIEW constants AS SELECT 1 + 1 -- nothing follows
;
CREATE VIEW shelves AS
    SELECT
        status,
        count(*) AS stories,
        sum(length) AS sum_of_lengths,
        avg(length) AS average,
        max("self") AS any_self,
        max(told_at) AS last_told,
        coalesce(told_at, 'never') AS told,
        length + 1 AS longer,
        group_concat(title, ', ') AS titles
    FROM stories GROUP BY status;
CREATE VIRTUAL TABLE search USING fts5(title, body UNINDEXED);
