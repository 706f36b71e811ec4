CREATE PROCEDURE tell(id integer, told jsonb DEFAULT '{}') LANGUAGE plpgsql AS 'BEGIN END';
CALL tell(1);
CALL tell(told => '{}', id => 2);
CALL tell(1, 'once');
