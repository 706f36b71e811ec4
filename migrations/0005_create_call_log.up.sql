-- Phone calls in which a story is read aloud.
CREATE TABLE call_log (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER REFERENCES users (id) ON DELETE SET NULL,
    story_id   INTEGER REFERENCES stories (id) ON DELETE SET NULL,
    direction  TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    status     TEXT NOT NULL DEFAULT 'ringing'
               CHECK (status IN ('ringing', 'in-progress', 'completed', 'failed', 'no-answer')),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE INDEX call_log_by_user ON call_log (user_id);
CREATE INDEX call_log_by_story ON call_log (story_id);
