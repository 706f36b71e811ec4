CREATE TABLE t (a);
PRAGMA synchronous = OFF;
