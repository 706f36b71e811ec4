CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c text;
BEGIN
    FETCH c INTO c;
END
$$;
