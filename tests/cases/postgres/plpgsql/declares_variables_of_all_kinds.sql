CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE TYPE pair AS (a integer, b text);
CREATE FUNCTION f(one integer, pair pair, OUT two text, VARIADIC rest integer[]) LANGUAGE plpgsql AS $$
<<outer_block>>
DECLARE
    a tales;
    b tales%ROWTYPE;
    c public.tales.title%TYPE := 'x';
    d c%TYPE;
    e pair[];
    f refcursor;
    g CURSOR (n integer, m tales.id%TYPE) FOR SELECT * FROM tales WHERE id = n;
    h ALIAS FOR $1;
    i CONSTANT numeric(5, 2) := 1.5;
    j text COLLATE "C" NOT NULL := 'y';
    k f.one%TYPE;
    l g%TYPE;
    m tales.ctid%TYPE;
    n pg_class;
    o information_schema.tables.table_name%TYPE;
    found integer;
BEGIN
    a.title := 1; b.words := 2; e[1].a := 3; f.pair.a := 4; outer_block.a.id := 4; f.one := 5; $1 := 6; h := 7; g := 'x';
    FOR r IN g(m := 1, n := 2) LOOP r.title := 'z'; END LOOP;
    FOR a IN 1..3 LOOP a := 2; END LOOP;
    OPEN g(1, 2); FETCH NEXT FROM g INTO a; FETCH g INTO a.id, a.title; MOVE ALL FROM g; CLOSE g;
    FOREACH one IN ARRAY rest LOOP one := rest[1]; END LOOP;
    FOR one, two IN SELECT 1, 'a' LOOP END LOOP;
    SELECT 1, 2 INTO a.id, b.words;
    PERFORM;
    GET DIAGNOSTICS a.id = ROW_COUNT, one = PG_CONTEXT;
EXCEPTION WHEN others THEN
    GET STACKED DIAGNOSTICS c = PG_CONTEXT, d = MESSAGE_TEXT;
END
$$;
