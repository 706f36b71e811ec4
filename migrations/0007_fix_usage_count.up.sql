-- A released migration is never edited: it would not run again where it ran before. What is wrong with it is put right
-- by a new one. Migration 6 copied NULL from `total_generations`, so that "used least" was decided by chance.
--
-- SQLite has no DROP COLUMN IF EXISTS, and none is needed: that the column and its index are there is known when this
-- is compiled. The index goes first, as SQLite does not drop a column that an index names.
DROP INDEX fairy_tale_usage_stats_by_usage;
-- tablature: allow(destructive) every value of it is computed again below
ALTER TABLE fairy_tale_usage_stats DROP COLUMN usage_count;

-- NOT NULL with a default: every row has a valid count from the first moment on.
ALTER TABLE fairy_tale_usage_stats ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;

-- No WHERE: all rows, and no condition on a column that has only just been added.
UPDATE fairy_tale_usage_stats SET usage_count = COALESCE(total_generations, 0);

CREATE INDEX fairy_tale_usage_stats_by_usage ON fairy_tale_usage_stats (usage_count);
