-- engine accepts: until the file fails half way
-- no-transaction
CREATE TABLE t (a);
CREATE TEMP TABLE q (a);
CREATE TEMP VIEW v AS SELECT a FROM q;
BEGIN;
CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;
COMMIT;
INSERT INTO t SELECT a FROM q;
