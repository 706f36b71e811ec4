-- tablature.toml: functions = ["normalize"]
CREATE TABLE t (a);
CREATE INDEX i ON t (normalize(a));
UPDATE t SET a = Normalize(a, 1, 2);
