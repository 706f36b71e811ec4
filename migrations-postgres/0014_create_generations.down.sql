-- Its indexes, policies and comments go with it.
DROP TABLE tales.generations;
DROP FUNCTION tales.reader();
DROP TYPE tales.story_type;
DROP TYPE tales.generation_status;
