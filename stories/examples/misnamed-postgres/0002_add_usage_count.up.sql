-- The count is copied before its column is there.
UPDATE tales.fairy_tale_usage_stats
SET usage_count = total_generations
WHERE usage_count = 0;

ALTER TABLE tales.fairy_tale_usage_stats ADD COLUMN usage_count integer DEFAULT 0;
