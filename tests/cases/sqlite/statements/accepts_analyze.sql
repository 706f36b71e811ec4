CREATE TABLE t (a);
CREATE INDEX i ON t (a);
ANALYZE;
ANALYZE t;
ANALYZE main.i;
SELECT tbl, idx, stat FROM sqlite_stat1;
