CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tale tales;
BEGIN
    SELECT * INTO tale FROM tales LIMIT 1;
    RAISE NOTICE '%', tale.name;
    tale.name := 'x';
END
$$;
