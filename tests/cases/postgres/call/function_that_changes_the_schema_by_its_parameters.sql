CREATE TABLE t (id int PRIMARY KEY, x text);
CREATE FUNCTION f(p int, name text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE t ADD COLUMN %I int', name); UPDATE t SET x = name WHERE id = p; END $$;
SELECT f(1, 'zz');
SELECT zz FROM t;
CREATE FUNCTION g(p int) RETURNS void LANGUAGE sql AS $$ ALTER TABLE t ADD COLUMN yy int; UPDATE t SET x = 'a' WHERE id = p; UPDATE t SET x = 'a' WHERE id = g.p + $1; $$;
SELECT g(1);
SELECT yy FROM t;
