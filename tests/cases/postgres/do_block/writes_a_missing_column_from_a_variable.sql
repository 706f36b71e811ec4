CREATE TABLE t (id int PRIMARY KEY, a int);
DO $$ DECLARE x int; BEGIN UPDATE t SET nope = x WHERE id = x; END $$;
