CREATE SCHEMA tales;
CREATE TABLE tales.fairy_tale_usage_stats (
    tale_id           text PRIMARY KEY,
    total_generations integer DEFAULT 0
);
