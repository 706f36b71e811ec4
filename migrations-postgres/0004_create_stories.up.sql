-- A story, and beside it everything about the call of the language model that wrote it. The second half is what
-- migrations 14 to 16 move into a table of its own.
CREATE TABLE tales.stories (
    id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id                  bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    tale_id                  text REFERENCES tales.fairy_tales (id) ON DELETE SET NULL,
    title                    text NOT NULL,
    content                  text NOT NULL,
    created_at               timestamptz NOT NULL DEFAULT now(),
    moral                    text,
    story_type               text,
    story_length             integer,
    model_used               text,
    full_response            jsonb,
    generation_info          jsonb,
    hero_appearance          text,
    relationship_description text
);
CREATE INDEX stories_by_user ON tales.stories (user_id, created_at);
COMMENT ON TABLE tales.stories IS 'What a reader sees.';

INSERT INTO tales.stories (user_id, tale_id, title, content, moral, story_type, story_length, model_used, full_response)
VALUES (1, 'rotkaeppchen', 'The wolf who asked first',
        'Once upon a time a wolf knocked, waited, and was invited in.',
        'ask before you enter', 'hero', 5, 'narrator-1', '{"finish_reason": "stop"}');
