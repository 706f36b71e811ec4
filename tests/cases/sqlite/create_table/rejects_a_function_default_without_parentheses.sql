CREATE TABLE t (a DEFAULT lower('A'));
