CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c refcursor;
    tale record;
BEGIN
    FETCH ALL FROM c INTO tale;
END
$$;
