-- Every story that exists was written at the first attempt; its prompt was never kept. Every name below is checked when
-- this is compiled: a column that `stories` does not have, or not yet, is an error at its place in this file.
INSERT INTO generations (generation_id, attempt_number, user_id, status, story_type, story_length, prompt, moral,
                         hero_appearance, relationship_description, model_used, full_response, created_at,
                         completed_at)
SELECT 'story-' || id, 1, user_id, 'success', COALESCE(story_type, 'child'), story_length, '', COALESCE(moral, ''),
       hero_appearance, relationship_description, COALESCE(model_used, 'unknown'), full_response, created_at,
       created_at
FROM stories;
