CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT id, title FROM tales LOOP
        RAISE NOTICE '%', r.anything;
    END LOOP;
END
$$;
