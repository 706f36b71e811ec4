-- `stories` is left with what a reader sees, and points at the attempt that wrote it.
--
-- The key of an attempt has two columns. A foreign key on `generation_id` alone would point at half a key: SQLite takes
-- the definition and then refuses every write with "foreign key mismatch"; here that is an error when this is compiled.
-- ALTER TABLE cannot add a foreign key of two columns, so the table is built anew (sqlite.org/lang_altertable.html).
CREATE TABLE new_stories (
    id             INTEGER PRIMARY KEY,
    user_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    tale_id        TEXT REFERENCES fairy_tales (id) ON DELETE SET NULL,
    generation_id  TEXT NOT NULL,
    attempt_number INTEGER NOT NULL,
    title          TEXT NOT NULL,
    content        TEXT NOT NULL,
    created_at     TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (generation_id, attempt_number) REFERENCES generations (generation_id, attempt_number)
) STRICT;

INSERT INTO new_stories (id, user_id, tale_id, generation_id, attempt_number, title, content, created_at)
SELECT id, user_id, tale_id, 'story-' || id, 1, title, content, created_at
FROM stories;

-- tablature: allow(destructive) the other columns were copied to `generations` by 0015
DROP TABLE stories;
ALTER TABLE new_stories RENAME TO stories;

-- The indexes went with the old table.
CREATE INDEX stories_by_user ON stories (user_id, created_at);
CREATE UNIQUE INDEX stories_by_generation ON stories (generation_id, attempt_number);
