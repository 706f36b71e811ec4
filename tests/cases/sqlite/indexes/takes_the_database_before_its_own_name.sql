CREATE TABLE t (a);
CREATE INDEX main.i ON t (a);
