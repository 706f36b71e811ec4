CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c CURSOR (a integer, a text) FOR SELECT 1;
BEGIN
END
$$;
