-- The selector wants to rotate through the tales, so it must know which one was used least.
--
-- This is the migration that went wrong elsewhere: there the UPDATE ran before the column was there, the runner took
-- the failure for a warning and recorded the migration all the same. Here that order does not compile.
ALTER TABLE fairy_tale_usage_stats ADD COLUMN last_used_at TEXT;
ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count INTEGER DEFAULT 0;

CREATE INDEX fairy_tale_usage_stats_by_usage ON fairy_tale_usage_stats (usage_count);

-- tablature: allow(filter_on_new_column) released like this; 0007 is its correction
UPDATE fairy_tale_usage_stats SET usage_count = total_generations WHERE usage_count = 0;
