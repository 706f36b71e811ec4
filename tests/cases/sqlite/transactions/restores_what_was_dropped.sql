-- no-transaction
CREATE TABLE t (a);
BEGIN;
DROP TABLE t;
ROLLBACK;
SELECT a FROM t;
