CREATE TABLE t (a);
CREATE INDEX i ON main.t (a);
