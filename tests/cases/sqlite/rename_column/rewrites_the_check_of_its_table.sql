CREATE TABLE t (a INTEGER CHECK (a > 0), b, CHECK (t.a < b AND "a" <> 5));
ALTER TABLE t RENAME COLUMN a TO amount;
