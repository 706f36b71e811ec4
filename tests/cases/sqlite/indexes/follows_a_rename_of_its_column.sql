CREATE TABLE t (a, b);
CREATE INDEX i ON t (a, lower(a), b) WHERE a > 0;
ALTER TABLE t RENAME COLUMN a TO "a new name";
