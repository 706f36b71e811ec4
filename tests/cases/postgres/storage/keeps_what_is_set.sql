CREATE TABLE t (a text, r int4range) WITH (fillfactor = 70, toast.autovacuum_enabled = off, oids = false);
CREATE INDEX t_a ON t (a) WITH (deduplicate_items = off, fillfactor = 50);
CREATE INDEX t_r ON t USING gist (r) WITH (buffering = auto);
ALTER TABLE t SET (autovacuum_vacuum_scale_factor = 0.05), RESET (fillfactor);
ALTER TABLE t ALTER COLUMN a SET (n_distinct = -0.5);
CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t;
ALTER VIEW v SET (check_option = local);
CREATE TABLE w WITH (fillfactor = 60) AS SELECT 1 AS x;
