DROP TRIGGER stories_count_usage;
DROP VIEW model_statistics;
