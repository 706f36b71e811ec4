CREATE TABLE t (a int);
CREATE PROCEDURE p(a int, INOUT b int DEFAULT 1) LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (a); b := a; END $$;
CALL p(1);
CALL p(a => 2, b => 3);
ALTER PROCEDURE p(int, int) SECURITY DEFINER;
DROP PROCEDURE p(int, int);
