-- 0016 has not run, or has been reverted: `tales.stories` still has all of this.
DELETE FROM tales.generations
USING tales.story_generation_mapping AS mapping
WHERE generations.generation_id = mapping.generation_id;

DROP TABLE tales.story_generation_mapping;
