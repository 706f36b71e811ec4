CREATE AGGREGATE counted (*) (SFUNC = int8inc, STYPE = bigint);
