CREATE TABLE fairy_tale_usage_stats (
    tale_id           TEXT NOT NULL PRIMARY KEY,
    total_generations INTEGER DEFAULT 0
);
