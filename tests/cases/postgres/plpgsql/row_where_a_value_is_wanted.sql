CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tale record;
    n integer;
BEGIN
    SELECT 1, 2 INTO n, tale;
END
$$;
