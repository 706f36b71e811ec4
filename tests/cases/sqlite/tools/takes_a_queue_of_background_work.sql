-- file: 0001_queue.sql
CREATE TABLE queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    body BLOB NOT NULL,
    due INTEGER NOT NULL DEFAULT (unixepoch('now', 'subsec') * 1000),
    locked_by TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    UNIQUE (topic, body) ON CONFLICT IGNORE
);
CREATE INDEX queue_due ON queue (due, topic) WHERE locked_by IS NULL;
CREATE TABLE topics (name TEXT PRIMARY KEY COLLATE NOCASE, paused INT NOT NULL DEFAULT FALSE) WITHOUT ROWID;
CREATE TRIGGER queue_topic BEFORE INSERT ON queue
BEGIN
    INSERT INTO topics (name) VALUES (NEW.topic) ON CONFLICT (name) DO NOTHING;
    SELECT CASE WHEN (SELECT paused FROM topics WHERE name = NEW.topic) THEN RAISE(IGNORE) END;
END;
CREATE VIEW ready AS SELECT q.* FROM queue AS q LEFT JOIN topics AS t ON t.name = q.topic WHERE q.locked_by IS NULL AND NOT ifnull(t.paused, 0);
CREATE TRIGGER ready_delete INSTEAD OF DELETE ON ready BEGIN
    UPDATE queue SET locked_by = 'gone', tries = tries + 1 WHERE id = OLD.id;
END;
-- file: 0002_backoff.sql
ALTER TABLE queue ADD COLUMN backoff REAL NOT NULL DEFAULT 1.5 CHECK (backoff >= 1);
UPDATE queue SET due = due + (SELECT max(tries) FROM queue AS q WHERE q.topic = queue.topic) WHERE tries > 3;
DELETE FROM queue WHERE id IN (SELECT id FROM queue ORDER BY due LIMIT 10 OFFSET 1000);
INSERT INTO topics (name, paused) SELECT DISTINCT topic, 0 FROM queue WHERE true ON CONFLICT DO UPDATE SET paused = excluded.paused;
