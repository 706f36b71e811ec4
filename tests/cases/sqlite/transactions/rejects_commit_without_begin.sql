-- no-transaction
CREATE TABLE t (a);
COMMIT;
