-- The migration that was recorded as a success without a column to show for it.
UPDATE fairy_tale_usage_stats
SET usage_count = total_generations
WHERE usage_count = 0;

ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count INTEGER DEFAULT 0;

CREATE INDEX usage ON fairy_tale_usage_stat (usage_count);
