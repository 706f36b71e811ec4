UPDATE usage_stats SET usage_count = total_generations WHERE usage_count = 0;
ALTER TABLE usage_stats ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
