-- `tales.stories` is left with what a reader sees, and points at the attempt that wrote it.
--
-- The key of an attempt has two columns. A foreign key on `generation_id` alone would point at half a key, which the
-- server refuses when the migration runs; here that is an error when this is compiled.
ALTER TABLE tales.stories
    ADD COLUMN generation_id uuid,
    ADD COLUMN attempt_number integer NOT NULL DEFAULT 1;

UPDATE tales.stories AS story
SET generation_id = mapping.generation_id
FROM tales.story_generation_mapping AS mapping
WHERE mapping.story_id = story.id;

ALTER TABLE tales.stories ALTER COLUMN generation_id SET NOT NULL;

ALTER TABLE tales.stories
    ADD CONSTRAINT stories_are_written_by_an_attempt FOREIGN KEY (generation_id, attempt_number)
        REFERENCES tales.generations (generation_id, attempt_number),
    ADD CONSTRAINT stories_by_generation UNIQUE (generation_id, attempt_number);
COMMENT ON COLUMN tales.stories.generation_id IS 'With the number of the attempt, the attempt that wrote it.';

ALTER TABLE tales.stories
    DROP COLUMN moral,
    DROP COLUMN story_type,
    DROP COLUMN story_length,
    DROP COLUMN model_used,
    DROP COLUMN full_response,
    DROP COLUMN generation_info,
    DROP COLUMN hero_appearance,
    DROP COLUMN relationship_description;

DROP TABLE tales.story_generation_mapping;
