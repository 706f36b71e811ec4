CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c refcursor;
BEGIN
    FOR tale IN c LOOP
    END LOOP;
END
$$;
