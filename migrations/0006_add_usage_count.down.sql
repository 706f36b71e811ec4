DROP INDEX fairy_tale_usage_stats_by_usage;
ALTER TABLE fairy_tale_usage_stats DROP COLUMN usage_count;
ALTER TABLE fairy_tale_usage_stats DROP COLUMN last_used_at;
