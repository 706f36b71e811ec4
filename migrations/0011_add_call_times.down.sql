DROP INDEX call_log_by_start;
ALTER TABLE call_log DROP COLUMN duration_sec;
ALTER TABLE call_log DROP COLUMN ended_at;
ALTER TABLE call_log DROP COLUMN started_at;
