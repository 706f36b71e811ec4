INSERT INTO sqlite_master (name) VALUES ('x');
