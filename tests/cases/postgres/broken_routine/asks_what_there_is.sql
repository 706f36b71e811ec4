CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('stories') IS NOT NULL THEN
        DELETE FROM stories;
    END IF;
END
$$;
