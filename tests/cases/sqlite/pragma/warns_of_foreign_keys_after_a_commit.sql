CREATE TABLE t (a);
COMMIT;
PRAGMA foreign_keys = OFF;
BEGIN;
PRAGMA foreign_keys = ON;
COMMIT;
PRAGMA foreign_keys = ON;
