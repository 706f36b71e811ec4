CREATE TABLE t (a, b);
CREATE INDEX i ON t (a) WHERE t.b = 1;
