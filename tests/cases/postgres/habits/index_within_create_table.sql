CREATE TABLE t (a integer, INDEX (a));
