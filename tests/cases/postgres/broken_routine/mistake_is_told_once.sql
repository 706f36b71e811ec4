CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mood moods;
BEGIN
END
$$;
