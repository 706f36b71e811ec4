CREATE TABLE t (a COLLATE nowhere);
