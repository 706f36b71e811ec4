CREATE TABLE t (a);
INSERT INTO t (rowid, a) VALUES (1, 2);
