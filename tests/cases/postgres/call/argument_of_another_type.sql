CREATE PROCEDURE tell(day date) LANGUAGE plpgsql AS 'BEGIN END';
CALL tell('2020-01-01');
CALL tell(now());
