-- How well each model does.
CREATE VIEW tales.model_statistics AS
SELECT model_used,
       count(*) AS attempts,
       count(*) FILTER (WHERE status = 'success') AS successes,
       max(attempt_number) AS most_attempts,
       avg(EXTRACT(epoch FROM completed_at - created_at))::double precision AS average_seconds
FROM tales.generations
GROUP BY model_used;
COMMENT ON VIEW tales.model_statistics IS 'How well each model does.';

-- A tale is counted when a story is modelled on it, so that the selector can take the one that was used least.
CREATE FUNCTION tales.count_usage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tales.fairy_tale_usage_stats AS stats (tale_id, usage_count, last_used_at)
    VALUES (new.tale_id, 1, new.created_at)
    ON CONFLICT (tale_id) DO UPDATE
        SET usage_count = stats.usage_count + 1,
            last_used_at = excluded.last_used_at,
            updated_at = excluded.last_used_at;
    RETURN NULL;
END
$$;

CREATE TRIGGER stories_count_usage AFTER INSERT ON tales.stories
    FOR EACH ROW WHEN (new.tale_id IS NOT NULL) EXECUTE FUNCTION tales.count_usage();
