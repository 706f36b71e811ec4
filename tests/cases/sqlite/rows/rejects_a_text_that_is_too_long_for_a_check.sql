CREATE TABLE t (a TEXT CHECK (length(a) <= 3));
INSERT INTO t VALUES ('äöü'), ('abcd');
