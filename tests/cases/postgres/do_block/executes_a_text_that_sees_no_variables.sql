CREATE TABLE t (id int PRIMARY KEY, x text);
DO $$ DECLARE v int := 3; BEGIN EXECUTE 'UPDATE t SET id = v'; END $$;
