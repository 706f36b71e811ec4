-- file: 0001_stats.sql
CREATE TABLE fairy_tale_usage_stats (id INTEGER PRIMARY KEY, fairy_tale_id TEXT NOT NULL);
-- file: 0002_usage_count.sql
UPDATE fairy_tale_usage_stats SET usage_count = 0 WHERE usage_count IS NULL;
ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count INTEGER DEFAULT 0;
