-- tablature.toml: lints.double_quoted_string = "allow"
CREATE TABLE t (a, b);
CREATE TABLE u (a, b);
CREATE INDEX i ON t ("nope");
ALTER TABLE t DROP COLUMN b;
