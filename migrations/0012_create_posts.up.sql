-- The community: posts about stories, and reactions to them, which are permanent.
CREATE TABLE posts (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    story_id   INTEGER REFERENCES stories (id) ON DELETE SET NULL,
    body       TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE INDEX posts_by_user ON posts (user_id);
CREATE INDEX posts_by_story ON posts (story_id);

-- Two mistakes that 0017 repairs: a reaction has no key, and it goes with its post, which the trigger forbids, so that
-- no post that somebody reacted to can be deleted.
CREATE TABLE post_reactions (
    post_id       INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    user_id       INTEGER NOT NULL REFERENCES users (id),
    reaction_type TEXT NOT NULL CHECK (reaction_type IN ('love', 'laugh', 'wonder', 'cry')),
    created_at    TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE TRIGGER reactions_are_permanent BEFORE DELETE ON post_reactions
BEGIN
    SELECT RAISE(ABORT, 'reactions are permanent');
END;
