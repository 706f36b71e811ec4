CREATE TABLE users (a int);
CREATE INDEX users_a ON users (a);
ALTER INDEX users_a RENAME TO users_by_a;
ALTER INDEX users_by_a SET (fillfactor = 60);
ALTER INDEX IF EXISTS nowhere RENAME TO nowhere_else;
