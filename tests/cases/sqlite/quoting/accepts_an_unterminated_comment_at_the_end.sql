-- tablature.toml: lints.unclosed_comment = "allow"
CREATE TABLE t (a);
/* never closed
