CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION count_words(tale integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tales SET words = 1 WHERE id = tale;
END
$$;
-- file: 0002_rename.sql
ALTER TABLE tales RENAME TO stories;
