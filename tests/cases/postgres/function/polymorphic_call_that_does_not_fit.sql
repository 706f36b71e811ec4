CREATE FUNCTION f(anyelement, anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
SELECT f(1, 'a'::text);
