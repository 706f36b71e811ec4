-- no-transaction
-- tablature.toml: lints.connection_state = "allow"
ATTACH ':memory:' AS other;
CREATE TABLE other.t (a);
DETACH other;
SELECT a FROM t;
