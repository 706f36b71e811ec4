CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c CURSOR (a integer) FOR SELECT a;
BEGIN
    OPEN c(b := 1);
END
$$;
