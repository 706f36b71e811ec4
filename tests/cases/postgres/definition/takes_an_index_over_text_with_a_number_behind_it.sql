CREATE TABLE t (e text, n int, at timestamptz);
CREATE INDEX ON t ((e || n));
CREATE INDEX ON t ((at AT TIME ZONE 'UTC'));
CREATE TABLE u (e text, n int, f text GENERATED ALWAYS AS (e || n) STORED);
