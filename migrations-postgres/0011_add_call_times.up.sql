-- Elsewhere a lock time-out stopped this migration half way, the later ones ran on, the runner exited with 0, and every
-- service then failed on the missing `started_at`. Here a migration is applied whole or not at all, no later one runs,
-- and the application does not start.
ALTER TABLE call_log
    ADD COLUMN started_at timestamptz,
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN duration_sec integer GENERATED ALWAYS AS (EXTRACT(epoch FROM ended_at - started_at)::integer) STORED;

CREATE INDEX call_log_by_start ON call_log (started_at) WHERE started_at IS NOT NULL;
