-- file: 0001_attach.sql
-- no-transaction
-- tablature: allow(connection_state) nothing is kept in it
ATTACH ':memory:' AS other;
CREATE TABLE other.t (a);
-- file: 0002_use.sql
INSERT INTO t VALUES (1);
