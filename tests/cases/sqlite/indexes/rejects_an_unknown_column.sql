CREATE TABLE t (a, b);
CREATE INDEX i ON t (c);
