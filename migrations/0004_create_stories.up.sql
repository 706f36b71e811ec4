-- A story, and beside it everything about the call of the language model that wrote it. The second half is what
-- migrations 14 to 16 move into a table of its own.
CREATE TABLE stories (
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

CREATE INDEX stories_by_user ON stories (user_id, created_at);

INSERT INTO stories (user_id, tale_id, title, content, moral, story_type, story_length, model_used)
VALUES (1, 'rotkaeppchen', 'The wolf who asked first',
        'Once upon a time a wolf knocked, waited, and was invited in.',
        'ask before you enter', 'hero', 5, 'narrator-1');
