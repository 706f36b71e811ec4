-- engine accepts: it says so at the first INSERT, UPDATE or read of the column, none of which can ever succeed
CREATE TABLE t (a);
ALTER TABLE t ADD COLUMN b INT AS (b);
