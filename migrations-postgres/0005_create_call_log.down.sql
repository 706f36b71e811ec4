DROP TABLE call_log;
