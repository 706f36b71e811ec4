DROP INDEX fairy_tale_usage_stats_by_usage;
ALTER TABLE fairy_tale_usage_stats DROP COLUMN usage_count;
ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count INTEGER DEFAULT 0;
UPDATE fairy_tale_usage_stats SET usage_count = total_generations;
CREATE INDEX fairy_tale_usage_stats_by_usage ON fairy_tale_usage_stats (usage_count);
