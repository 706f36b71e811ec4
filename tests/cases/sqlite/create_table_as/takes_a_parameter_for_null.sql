-- tablature.toml: lints.bound_parameter = "allow"
CREATE TABLE t AS SELECT :x AS a, 1 IN (2, ?1) AS b;
