-- tablature.toml: functions = ["unicode"]
CREATE TABLE t (a COLLATE unicode UNIQUE);
