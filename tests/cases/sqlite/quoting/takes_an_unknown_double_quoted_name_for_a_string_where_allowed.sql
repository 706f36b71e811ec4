-- tablature.toml: lints.double_quoted_string = "allow"
CREATE TABLE t (a);
UPDATE t SET a = "pending" WHERE a = "x";
CREATE VIEW v AS SELECT "text" AS b FROM t;
