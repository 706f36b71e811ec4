CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c CURSOR (a integer, b integer) FOR SELECT a;
BEGIN
    OPEN c(1, a := 2);
END
$$;
