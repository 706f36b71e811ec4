CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tale tales%TYPE;
BEGIN
END
$$;
