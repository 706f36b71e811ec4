CREATE TABLE t (id int PRIMARY KEY, a int);
DO $$ DECLARE x int; BEGIN UPDATE t SET a = x WHERE idd = x; END $$;
