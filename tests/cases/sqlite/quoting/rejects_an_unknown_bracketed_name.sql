-- tablature.toml: lints.double_quoted_string = "allow"
CREATE TABLE t (a);
UPDATE t SET a = [pending];
