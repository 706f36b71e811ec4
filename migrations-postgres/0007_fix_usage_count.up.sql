-- A released migration is never edited: it would not run again where it ran before. What is wrong with it is put right
-- by a new one. Migration 6 copied NULL from `total_generations`, so that "used least" was decided by chance.
ALTER TABLE tales.fairy_tale_usage_stats DROP COLUMN IF EXISTS usage_count;

-- NOT NULL with a default: every row has a valid count from the first moment on.
ALTER TABLE tales.fairy_tale_usage_stats ADD COLUMN usage_count integer NOT NULL DEFAULT 0;

-- No WHERE: all rows, and no condition on a column that has only just been added.
UPDATE tales.fairy_tale_usage_stats SET usage_count = COALESCE(total_generations, 0);

CREATE INDEX fairy_tale_usage_stats_by_usage ON tales.fairy_tale_usage_stats (usage_count);
