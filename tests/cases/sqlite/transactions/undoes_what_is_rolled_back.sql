-- no-transaction
BEGIN;
CREATE TABLE t (a);
ROLLBACK;
SELECT a FROM t;
