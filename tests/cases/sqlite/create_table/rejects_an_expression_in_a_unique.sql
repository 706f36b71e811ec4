CREATE TABLE t (a, UNIQUE (lower(a)));
