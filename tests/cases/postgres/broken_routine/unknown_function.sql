CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION words() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RETURN word_count(title) FROM tales;
END
$$;
