CREATE FUNCTION f(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT a + b';
CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql RETURN length(a);
CREATE FUNCTION g(OUT x int, OUT y text) LANGUAGE sql AS $$ SELECT 1, 'a'::text $$;
CREATE FUNCTION h(n int) RETURNS TABLE (i int, sq int) LANGUAGE sql AS $$ SELECT i, i * i FROM generate_series(1, n) i $$;
CREATE FUNCTION v(VARIADIC parts text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT array_to_string(parts, '/') $$;
CREATE VIEW w AS SELECT f(1) AS a, f(1, 2) AS b, f('x') AS c, (g()).y, h.sq, v('a', 'b') AS p, v(VARIADIC ARRAY['c']) AS q, f(b => 3, a => 4) AS n FROM h(3);
