ALTER TABLE call_log
    DROP COLUMN duration_sec,
    DROP COLUMN ended_at,
    DROP COLUMN started_at;
