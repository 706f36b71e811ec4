-- file: 0001_begin.sql
BEGIN;
SAVEPOINT one;
-- file: 0002_release.sql
BEGIN;
RELEASE one;
