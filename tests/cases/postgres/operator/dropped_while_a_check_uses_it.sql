CREATE FUNCTION near(point, point) RETURNS bool LANGUAGE sql IMMUTABLE AS $$ SELECT ($1 <-> $2) < 1 $$;
CREATE OPERATOR ~~~ (LEFTARG = point, RIGHTARG = point, FUNCTION = near);
CREATE TABLE t (p point, CHECK (p ~~~ '(1,1)'));
DROP OPERATOR ~~~ (point, point);
