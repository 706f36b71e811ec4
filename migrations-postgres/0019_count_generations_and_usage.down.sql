DROP TRIGGER stories_count_usage ON tales.stories;
DROP FUNCTION tales.count_usage();
DROP VIEW tales.model_statistics;
