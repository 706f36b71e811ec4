CREATE TABLE t (a CHECK (max(a, 1) > 0));
