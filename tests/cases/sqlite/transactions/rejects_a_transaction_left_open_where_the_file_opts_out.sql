-- no-transaction
CREATE TABLE t (a);
BEGIN;
CREATE TABLE u (a);
