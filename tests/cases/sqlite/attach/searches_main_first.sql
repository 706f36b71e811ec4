-- tablature.toml: lints.connection_state = "allow"
ATTACH ':memory:' AS other;
CREATE TABLE other.t (a);
CREATE TABLE t (b);
INSERT INTO t (b) VALUES (1);
