-- The way back: the columns return to `stories`, filled from the attempt that each story points at.
CREATE TABLE old_stories (
    id                       INTEGER PRIMARY KEY,
    user_id                  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    tale_id                  TEXT REFERENCES fairy_tales (id) ON DELETE SET NULL,
    title                    TEXT NOT NULL,
    content                  TEXT NOT NULL,
    created_at               TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    moral                    TEXT,
    story_type               TEXT,
    story_length             INTEGER,
    model_used               TEXT,
    full_response            TEXT,
    hero_appearance          TEXT,
    relationship_description TEXT
) STRICT;

INSERT INTO old_stories (id, user_id, tale_id, title, content, created_at, moral, story_type, story_length, model_used,
                         full_response, hero_appearance, relationship_description)
SELECT stories.id, stories.user_id, stories.tale_id, stories.title, stories.content, stories.created_at,
       generations.moral, generations.story_type, generations.story_length, generations.model_used,
       generations.full_response, generations.hero_appearance, generations.relationship_description
FROM stories
JOIN generations USING (generation_id, attempt_number);

DROP TABLE stories;
ALTER TABLE old_stories RENAME TO stories;

CREATE INDEX stories_by_user ON stories (user_id, created_at);
