-- A reaction outlives its post: it gets a key of its own, and loses its post instead of going with it.
--
-- Neither a primary key nor another ON DELETE can be added to a table that exists, so it is built anew. Other runners
-- need `PRAGMA foreign_keys = OFF` around this, outside the transaction, or the DROP TABLE deletes rows in tables that
-- refer to it; here enforcement is off while migrations run, and everything is checked before the commit.
CREATE TABLE new_post_reactions (
    id            INTEGER PRIMARY KEY,
    post_id       INTEGER REFERENCES posts (id) ON DELETE SET NULL,
    user_id       INTEGER NOT NULL REFERENCES users (id),
    reaction_type TEXT NOT NULL CHECK (reaction_type IN ('love', 'laugh', 'wonder', 'cry')),
    created_at    TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

INSERT INTO new_post_reactions (id, post_id, user_id, reaction_type, created_at)
SELECT rowid, post_id, user_id, reaction_type, created_at
FROM post_reactions;

DROP TABLE post_reactions;
ALTER TABLE new_post_reactions RENAME TO post_reactions;

-- The trigger went with the old table. It forbids DELETE alone: losing the post is an UPDATE.
CREATE TRIGGER reactions_are_permanent BEFORE DELETE ON post_reactions
BEGIN
    SELECT RAISE(ABORT, 'reactions are permanent');
END;

CREATE INDEX post_reactions_by_post ON post_reactions (post_id) WHERE post_id IS NOT NULL;
