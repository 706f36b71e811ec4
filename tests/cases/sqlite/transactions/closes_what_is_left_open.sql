-- file: 0001_begin.sql
BEGIN;
CREATE TABLE t (a);
SAVEPOINT one;
-- file: 0002_savepoint.sql
SAVEPOINT one;
CREATE TABLE u (a);
-- file: 0003_again.sql
BEGIN;
CREATE TABLE v (a);
