CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION ids() RETURNS TABLE (id integer) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT id FROM tales;
END
$$;
