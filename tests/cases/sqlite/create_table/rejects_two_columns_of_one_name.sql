CREATE TABLE t (a, b, A);
