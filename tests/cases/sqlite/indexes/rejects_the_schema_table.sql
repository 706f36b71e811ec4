CREATE INDEX i ON sqlite_master (name);
