SET check_function_bodies = off;
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM stories;
END
$$;
