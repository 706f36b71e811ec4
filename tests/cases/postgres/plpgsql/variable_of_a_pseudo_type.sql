CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    x anyelement;
BEGIN
END
$$;
