-- Phone calls in which a story is read aloud.
CREATE TABLE call_log (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint REFERENCES users (id) ON DELETE SET NULL,
    story_id   bigint REFERENCES tales.stories (id) ON DELETE SET NULL,
    direction  text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    status     text NOT NULL DEFAULT 'ringing'
               CHECK (status IN ('ringing', 'in-progress', 'completed', 'failed', 'no-answer')),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX call_log_by_user ON call_log (user_id);
CREATE INDEX call_log_by_story ON call_log (story_id);
