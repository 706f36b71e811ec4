-- The way back: the columns return to `tales.stories`, filled from the attempt that each story points at.
--
-- tablature: allow(irreversible) 0015 has copied them, and an attempt is not changed once its story is written
CREATE TABLE tales.story_generation_mapping (
    story_id      bigint PRIMARY KEY REFERENCES tales.stories (id) ON DELETE CASCADE,
    generation_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid()
);
INSERT INTO tales.story_generation_mapping (story_id, generation_id) SELECT id, generation_id FROM tales.stories;

ALTER TABLE tales.stories
    ADD COLUMN moral text,
    ADD COLUMN story_type text,
    ADD COLUMN story_length integer,
    ADD COLUMN model_used text,
    ADD COLUMN full_response jsonb,
    ADD COLUMN generation_info jsonb,
    ADD COLUMN hero_appearance text,
    ADD COLUMN relationship_description text;

UPDATE tales.stories AS story
SET moral = generation.moral,
    story_type = generation.story_type::text,
    story_length = generation.story_length,
    model_used = generation.model_used,
    full_response = generation.full_response,
    hero_appearance = generation.hero_appearance,
    relationship_description = generation.relationship_description
FROM tales.generations AS generation
WHERE (story.generation_id, story.attempt_number) = (generation.generation_id, generation.attempt_number);

-- The constraints go with the columns.
ALTER TABLE tales.stories
    DROP COLUMN generation_id,
    DROP COLUMN attempt_number;
