CREATE TABLE notes (id int) WITH (fillfactor = 70, autovacuum_enabled = false);
ALTER TABLE notes SET (autovacuum_vacuum_threshold = 100, fillfactor = 80), RESET (autovacuum_enabled);
