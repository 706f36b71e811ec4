CREATE FUNCTION first_of(anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE AS $$ SELECT $1[1] $$;
CREATE FUNCTION or_else(anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql AS $$ SELECT coalesce($1, $2) $$;
CREATE VIEW v AS SELECT first_of(ARRAY[1, 2]) AS a, first_of('{x}'::text[]) AS b, or_else(1, 2.5) AS c;
