CREATE TABLE t (a);
INSERT INTO t VALUES ('never closed);
