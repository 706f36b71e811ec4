-- file: 0001_create.sql
CREATE TABLE t (a);
CREATE INDEX t_by_a ON t (a);
-- file: 0002_drop.sql
DROP INDEX t_by_a;
-- file: 0003_use.sql
SELECT a FROM t INDEXED BY t_by_a;
REINDEX t_by_a;
