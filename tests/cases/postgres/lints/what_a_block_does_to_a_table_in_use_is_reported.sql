-- file: 0001_tables.sql
CREATE TABLE t (id int PRIMARY KEY, a int, b int);
CREATE TABLE kept (id int);
CREATE TABLE lost (id int);
CREATE FUNCTION index_it() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE INDEX of_function ON t (a); END $$;
-- file: 0002_block.sql
DO $$ BEGIN
  CREATE INDEX of_block ON t (a);
  ALTER TABLE t ALTER COLUMN a SET NOT NULL;
  EXECUTE 'ALTER TABLE t ALTER COLUMN a TYPE bigint';
  IF to_regclass('nowhere') IS NULL THEN ALTER TABLE t DROP COLUMN b; END IF;
  INSERT INTO t (id, a) SELECT id, 1 FROM kept;
  DROP TABLE kept;
  DROP TABLE lost;
END $$;
SELECT index_it();
