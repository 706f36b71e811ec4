CREATE TABLE t (d date);
ALTER TABLE t ALTER d TYPE timestamp, ALTER d TYPE timestamptz;
