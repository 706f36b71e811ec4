CREATE FUNCTION add_pair(state int[], a int, b int) RETURNS int[] LANGUAGE sql IMMUTABLE AS $$ SELECT array_append(state, a * b) $$;
CREATE AGGREGATE weighed(int, int) (SFUNC = add_pair, STYPE = int[], INITCOND = '{}');
CREATE VIEW v AS SELECT weighed(x, x ORDER BY x) FILTER (WHERE x > 1) AS w, weighed(x, 1) OVER (PARTITION BY 1) AS o FROM generate_series(1, 3) x GROUP BY x;
ALTER AGGREGATE weighed(int, int) RENAME TO weighted;
DROP AGGREGATE weighted(int, int) CASCADE;
