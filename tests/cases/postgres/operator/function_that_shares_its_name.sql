CREATE TYPE spot AS (x integer);
CREATE FUNCTION box_in(spot, spot) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR ~== (LEFTARG = spot, RIGHTARG = spot, FUNCTION = box_in);
CREATE TABLE calls (by_name regproc DEFAULT 'int4eq');
