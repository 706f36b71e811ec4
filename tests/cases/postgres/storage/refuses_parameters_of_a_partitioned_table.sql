CREATE TABLE t (a int) PARTITION BY RANGE (a) WITH (fillfactor = 70);
