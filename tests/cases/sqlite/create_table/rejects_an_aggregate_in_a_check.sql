CREATE TABLE t (a CHECK (max(a) > 0));
