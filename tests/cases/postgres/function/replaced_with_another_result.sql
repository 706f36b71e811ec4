CREATE FUNCTION double(a int) RETURNS int LANGUAGE sql AS $$ SELECT a * 2 $$;
CREATE OR REPLACE FUNCTION double(a int) RETURNS bigint LANGUAGE sql AS $$ SELECT a * 2::bigint $$;
