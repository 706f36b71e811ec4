CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tales (id) VALUES (1);
END
$$;
-- file: 0002_table.sql
CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
