CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION ids() RETURNS TABLE (id integer) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT id FROM tales;
END
$$;
