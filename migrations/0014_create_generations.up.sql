-- What was asked of the language model and what came of it, a row for each attempt: so that a failed attempt can be
-- tried again, and counted, without touching the story.
CREATE TABLE generations (
    generation_id            TEXT NOT NULL,
    attempt_number           INTEGER NOT NULL DEFAULT 1 CHECK (attempt_number >= 1),
    user_id                  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    status                   TEXT NOT NULL DEFAULT 'pending'
                             CHECK (status IN ('pending', 'success', 'failed', 'timeout')),
    story_type               TEXT NOT NULL CHECK (story_type IN ('child', 'hero', 'combined')),
    story_length             INTEGER CHECK (story_length > 0),
    prompt                   TEXT NOT NULL,
    moral                    TEXT NOT NULL,
    hero_appearance          TEXT,
    relationship_description TEXT,
    model_used               TEXT NOT NULL,
    full_response            TEXT,
    error_message            TEXT,
    created_at               TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    completed_at             TEXT,
    PRIMARY KEY (generation_id, attempt_number),
    CHECK (completed_at IS NULL OR status <> 'pending')
) STRICT, WITHOUT ROWID;

CREATE INDEX generations_by_user ON generations (user_id, created_at);
CREATE INDEX generations_by_status ON generations (status);
