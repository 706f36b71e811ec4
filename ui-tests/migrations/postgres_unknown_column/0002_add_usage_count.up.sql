UPDATE tales.usage_stats SET usage_count = total_generations;
ALTER TABLE tales.usage_stats ADD COLUMN usage_count integer NOT NULL DEFAULT 0;
CREATE INDEX usage_by_tale ON tales.usage_stats (tale_idd);
