CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    NEW.title := 1;
END
$$;
