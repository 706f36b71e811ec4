CREATE TABLE t (e text);
CREATE INDEX t_e ON t (e text_pattern_ops);
ALTER TABLE t ALTER COLUMN e TYPE int USING e::int;
