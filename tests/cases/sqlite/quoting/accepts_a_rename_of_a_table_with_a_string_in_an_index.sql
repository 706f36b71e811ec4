-- tablature.toml: lints.double_quoted_string = "allow"
CREATE TABLE t (a, b);
CREATE INDEX i ON t ("nope");
ALTER TABLE t RENAME TO u;
