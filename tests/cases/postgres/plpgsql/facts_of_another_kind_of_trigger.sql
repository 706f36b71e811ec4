CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    TG_OP := 'INSERT';
END
$$;
