CREATE FUNCTION f(a anyelement) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    a.part := 1;
END
$$;
