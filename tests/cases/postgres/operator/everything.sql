CREATE FUNCTION near(point, point) RETURNS bool LANGUAGE sql IMMUTABLE AS $$ SELECT ($1 <-> $2) < 1 $$;
CREATE OPERATOR ~~~ (LEFTARG = point, RIGHTARG = point, FUNCTION = near, COMMUTATOR = ~~~, NEGATOR = !~~~, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE TABLE t (p point, CHECK (p ~~~ '(1,1)'));
CREATE VIEW v AS SELECT p OPERATOR(public.~~~) point '(0,0)' AS n FROM t;
DROP OPERATOR ~~~ (point, point) CASCADE;
