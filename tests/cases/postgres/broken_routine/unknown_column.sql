CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION count_words(tale integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tales SET word = word + 1 WHERE id = tale;
END
$$;
