CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    x integer;
BEGIN
    x.part := 1;
END
$$;
