CREATE TABLE t (a int);
CREATE INDEX ON t (a) WITH (fastupdate = off);
