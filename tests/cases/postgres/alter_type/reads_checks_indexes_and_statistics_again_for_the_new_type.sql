CREATE TABLE t (a int, b int, c text, CHECK (a + b > 0), CHECK (length(c) < 10));
CREATE INDEX t_sum ON t ((a + b)) WHERE a > 1;
CREATE INDEX t_c ON t (lower(c), c text_pattern_ops);
CREATE STATISTICS t_s ON (a + b) FROM t;
ALTER TABLE t ALTER COLUMN a TYPE numeric, ALTER COLUMN b TYPE numeric, ALTER COLUMN c TYPE varchar(5);
