-- no-transaction
PRAGMA query_only = ON;
BEGIN;
COMMIT;
BEGIN IMMEDIATE;
COMMIT;
