-- The selector wants to rotate through the tales, so it must know which one was used least.
--
-- This is the migration that went wrong elsewhere: there the UPDATE ran before the column was there, the runner took
-- the failure for a warning and recorded the migration all the same. Here that order does not compile.
ALTER TABLE tales.fairy_tale_usage_stats
    ADD COLUMN IF NOT EXISTS last_used_at timestamptz,
    ADD COLUMN IF NOT EXISTS usage_count integer DEFAULT 0;

CREATE INDEX fairy_tale_usage_stats_by_usage ON tales.fairy_tale_usage_stats (usage_count);

-- tablature: allow(filter_on_new_column) released like this; 0007 is its correction
UPDATE tales.fairy_tale_usage_stats SET usage_count = total_generations WHERE usage_count = 0;
