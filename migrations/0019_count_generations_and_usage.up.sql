-- How well each model does.
CREATE VIEW model_statistics AS
SELECT model_used,
       COUNT(*) AS attempts,
       SUM(status = 'success') AS successes,
       MAX(attempt_number) AS most_attempts,
       AVG(unixepoch(completed_at) - unixepoch(created_at)) AS average_seconds
FROM generations
GROUP BY model_used;

-- A tale is counted when a story is modelled on it, so that the selector can take the one that was used least.
CREATE TRIGGER stories_count_usage AFTER INSERT ON stories WHEN new.tale_id IS NOT NULL
BEGIN
    INSERT INTO fairy_tale_usage_stats (tale_id, usage_count, last_used_at)
    VALUES (new.tale_id, 1, new.created_at)
    ON CONFLICT (tale_id) DO UPDATE
        SET usage_count = usage_count + 1, last_used_at = excluded.last_used_at, updated_at = excluded.last_used_at;
END;
