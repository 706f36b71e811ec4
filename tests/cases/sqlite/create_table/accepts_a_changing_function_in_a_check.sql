CREATE TABLE t (a CHECK (a > random()));
