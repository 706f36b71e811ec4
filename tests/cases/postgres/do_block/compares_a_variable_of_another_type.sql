CREATE TABLE t (id int PRIMARY KEY, x text);
DO $$ DECLARE v int := 3; BEGIN UPDATE t SET id = 1 WHERE t.x = v; END $$;
