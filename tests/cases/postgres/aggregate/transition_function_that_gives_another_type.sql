CREATE FUNCTION count_up(state text, value integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 1::bigint';
CREATE AGGREGATE counted (integer) (SFUNC = count_up, STYPE = text);
