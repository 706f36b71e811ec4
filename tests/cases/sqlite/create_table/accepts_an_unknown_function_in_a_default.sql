CREATE TABLE t (a DEFAULT (frobnicate(1)));
