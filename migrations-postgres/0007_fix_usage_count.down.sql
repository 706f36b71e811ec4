-- tablature: allow(irreversible) what 0006 wrote is written again
ALTER TABLE tales.fairy_tale_usage_stats DROP COLUMN usage_count;
ALTER TABLE tales.fairy_tale_usage_stats ADD COLUMN usage_count integer DEFAULT 0;
CREATE INDEX fairy_tale_usage_stats_by_usage ON tales.fairy_tale_usage_stats (usage_count);
UPDATE tales.fairy_tale_usage_stats SET usage_count = total_generations;
