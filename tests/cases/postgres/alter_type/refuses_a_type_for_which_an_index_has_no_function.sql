CREATE TABLE t (e text);
CREATE INDEX t_low ON t (lower(e));
ALTER TABLE t ALTER COLUMN e TYPE int USING e::int;
