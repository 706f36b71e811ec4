CREATE TABLE t (a);
CREATE INDEX i ON t (load_extension('x'));
