CREATE TABLE t (id int PRIMARY KEY, x int);
DO $$ DECLARE x int; BEGIN UPDATE t SET x = 1 WHERE x = 2; END $$;
