-- The index goes with its column.
ALTER TABLE tales.fairy_tale_usage_stats
    DROP COLUMN usage_count,
    DROP COLUMN last_used_at;
