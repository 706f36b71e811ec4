CREATE TABLE t (a, b AS (a + "a" + [a]));
ALTER TABLE t RENAME COLUMN a TO source;
