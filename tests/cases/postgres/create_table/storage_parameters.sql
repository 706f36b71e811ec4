CREATE TABLE users (id int, t text) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = off, autovacuum_vacuum_scale_factor = 0.05);
