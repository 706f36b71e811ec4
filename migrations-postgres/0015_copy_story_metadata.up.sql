-- Every story that exists was written at the first attempt; its prompt was never kept. Every name and type below is
-- checked when this is compiled: a column that `tales.stories` does not have, or not yet, is an error at its place here.
--
-- Which attempt wrote which story; 0016 needs it and drops it.
CREATE TABLE tales.story_generation_mapping (
    story_id      bigint PRIMARY KEY REFERENCES tales.stories (id) ON DELETE CASCADE,
    generation_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid()
);

INSERT INTO tales.story_generation_mapping (story_id) SELECT id FROM tales.stories;

INSERT INTO tales.generations (generation_id, attempt_number, user_id, status, story_type, story_length, prompt, moral,
                               hero_appearance, relationship_description, model_used, full_response, created_at,
                               completed_at)
SELECT mapping.generation_id, 1, story.user_id, 'success',
       COALESCE(story.story_type, 'child')::tales.story_type, story.story_length, '', COALESCE(story.moral, ''),
       story.hero_appearance, story.relationship_description, COALESCE(story.model_used, 'unknown'),
       COALESCE(story.full_response, story.generation_info), story.created_at, story.created_at
FROM tales.stories AS story
JOIN tales.story_generation_mapping AS mapping ON mapping.story_id = story.id;
