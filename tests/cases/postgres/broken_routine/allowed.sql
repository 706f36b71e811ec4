CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
-- tablature: allow(broken_routine) the table is made by another team
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM stories;
END
$$;
