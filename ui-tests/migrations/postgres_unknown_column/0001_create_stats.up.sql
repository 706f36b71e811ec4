CREATE SCHEMA tales;
CREATE TABLE tales.usage_stats (
    tale_id           text PRIMARY KEY,
    total_generations integer
);
