-- file: 0001_table.sql
CREATE TABLE users (a int);
-- file: 0002_index.sql
-- no-transaction
CREATE INDEX CONCURRENTLY users_a ON users (a);
DROP INDEX CONCURRENTLY users_a;
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_a ON users (a);
REINDEX INDEX CONCURRENTLY users_a;
