CREATE TABLE usage_stats (
    id INTEGER PRIMARY KEY,
    total_generations INTEGER NOT NULL
);
