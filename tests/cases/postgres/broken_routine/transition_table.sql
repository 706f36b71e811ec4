CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE TABLE gone (id integer);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO gone SELECT id FROM left_behind;
    DELETE FROM gne;
    RETURN NULL;
END
$$;
CREATE TRIGGER t AFTER DELETE ON tales REFERENCING OLD TABLE AS left_behind FOR EACH STATEMENT EXECUTE FUNCTION note();
