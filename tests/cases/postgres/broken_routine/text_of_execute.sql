CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'UPDATE tales SET titel = $1' USING 'x';
    EXECUTE format('UPDATE %I SET titel = 1', 'tales');
END
$$;
