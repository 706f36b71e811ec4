CREATE TABLE t (a CHECK (frobnicate(a)));
