-- What was asked of the language model and what came of it, a row for each attempt: so that a failed attempt can be
-- tried again, and counted, without touching the story.
CREATE TYPE tales.generation_status AS ENUM ('pending', 'success', 'failed', 'timeout');
CREATE TYPE tales.story_type AS ENUM ('child', 'hero', 'combined');

CREATE TABLE tales.generations (
    generation_id            uuid NOT NULL DEFAULT gen_random_uuid(),
    attempt_number           integer NOT NULL DEFAULT 1 CHECK (attempt_number >= 1),
    user_id                  bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    status                   tales.generation_status NOT NULL DEFAULT 'pending',
    story_type               tales.story_type NOT NULL,
    story_length             integer CHECK (story_length > 0),
    prompt                   text NOT NULL,
    moral                    text NOT NULL,
    hero_appearance          text,
    relationship_description text,
    model_used               text NOT NULL,
    full_response            jsonb,
    error_message            text,
    created_at               timestamptz NOT NULL DEFAULT now(),
    completed_at             timestamptz,
    PRIMARY KEY (generation_id, attempt_number),
    CONSTRAINT generations_are_pending_until_completed CHECK (completed_at IS NULL OR status <> 'pending')
);

CREATE INDEX generations_by_user ON tales.generations (user_id, created_at);
CREATE INDEX generations_by_status ON tales.generations (status) WHERE status <> 'success';
CREATE INDEX generations_by_model ON tales.generations (model_used, status);

COMMENT ON TABLE tales.generations IS 'An attempt of the language model at a story.';
COMMENT ON COLUMN tales.generations.generation_id IS 'The same for all attempts at one story.';
COMMENT ON COLUMN tales.generations.attempt_number IS 'Counts from 1.';
COMMENT ON COLUMN tales.generations.prompt IS 'What the language model was asked.';
COMMENT ON COLUMN tales.generations.full_response IS 'What it answered, as it came.';
COMMENT ON COLUMN tales.generations.error_message IS 'Why the attempt came to nothing.';

-- A reader sees and makes attempts of their own. Who that is, the application says for each transaction:
-- SET LOCAL tales.reader = '7'. The owner of the table, as whom it migrates, is not bound by this.
CREATE FUNCTION tales.reader() RETURNS bigint LANGUAGE sql STABLE
    RETURN NULLIF(current_setting('tales.reader', true), '')::bigint;

ALTER TABLE tales.generations ENABLE ROW LEVEL SECURITY;
CREATE POLICY generations_are_read_by_their_user ON tales.generations
    FOR SELECT USING (user_id = tales.reader());
CREATE POLICY generations_are_made_by_their_user ON tales.generations
    FOR INSERT WITH CHECK (user_id = tales.reader());
CREATE POLICY generations_are_completed_by_their_user ON tales.generations
    FOR UPDATE USING (user_id = tales.reader()) WITH CHECK (user_id = tales.reader());
