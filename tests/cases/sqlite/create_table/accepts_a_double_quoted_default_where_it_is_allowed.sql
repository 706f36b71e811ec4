-- tablature.toml: lints.double_quoted_string = "allow"
CREATE TABLE t (a TEXT DEFAULT "pending");
