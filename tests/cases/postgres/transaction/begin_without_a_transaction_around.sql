-- no-transaction
BEGIN;
CREATE TABLE a (id int);
ROLLBACK;
CREATE TABLE a (id text);
