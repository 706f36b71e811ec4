-- tablature.toml: lints.connection_state = "allow"
ATTACH DATABASE ':memory:' AS other;
CREATE TABLE other.t (a INTEGER);
CREATE INDEX other.i ON t (a);
SELECT a FROM t;
