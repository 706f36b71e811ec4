CREATE TABLE old_post_reactions (
    post_id       INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL REFERENCES users (id),
    reaction_type TEXT NOT NULL CHECK (reaction_type IN ('love', 'laugh', 'wonder', 'cry')),
    created_at    TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

-- A reaction whose post is gone has no place in the old table.
INSERT INTO old_post_reactions (post_id, user_id, reaction_type, created_at)
SELECT post_id, user_id, reaction_type, created_at
FROM post_reactions
WHERE post_id IS NOT NULL
ORDER BY id;

DROP TABLE post_reactions;
ALTER TABLE old_post_reactions RENAME TO post_reactions;

CREATE TRIGGER reactions_are_permanent BEFORE DELETE ON post_reactions
BEGIN
    SELECT RAISE(ABORT, 'reactions are permanent');
END;
