CREATE TABLE t (
  a INT,
  total INT GENERATED ALWAYS AS (a + 1) VIRTUAL CHECK (total > 0)
);
ALTER TABLE t ADD COLUMN twice INT AS (a * 2) CHECK (twice > 0);
