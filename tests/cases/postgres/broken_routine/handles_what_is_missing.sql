CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM stories;
EXCEPTION WHEN undefined_table THEN
    DELETE FROM tales;
END
$$;
