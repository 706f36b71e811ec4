CREATE TABLE t (a text);
CREATE INDEX ON t (a text_ops (siglen = 3));
