-- tablature.toml: lints.connection_state = "allow"
ATTACH ':memory:' AS other;
CREATE TABLE other.t (a);
CREATE VIEW v AS SELECT a FROM other.t;
