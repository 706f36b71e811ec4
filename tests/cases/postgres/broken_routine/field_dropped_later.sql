CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION count_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := length(NEW.title);
    RETURN NEW;
END
$$;
CREATE TRIGGER t BEFORE INSERT ON tales FOR EACH ROW EXECUTE FUNCTION count_words();
-- file: 0002_drop.sql
ALTER TABLE tales RENAME COLUMN words TO word_count;
