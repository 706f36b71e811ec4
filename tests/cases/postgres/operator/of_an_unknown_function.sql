CREATE OPERATOR ~~~ (LEFTARG = point, RIGHTARG = point, FUNCTION = nearly);
