-- tablature.toml: lints.connection_state = "allow"
-- file: 0001_attach.sql
-- no-transaction
ATTACH ':memory:' AS other;
CREATE TABLE other.t (a);
-- file: 0002_again.sql
-- no-transaction
ATTACH ':memory:' AS other;
CREATE TABLE other.t (a);
CREATE TABLE t (b);
