CREATE AGGREGATE gathered (integer) (SFUNC = array_append, STYPE = integer[], INITCOND = '{}');
CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer, INITCOND = 0, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '0');
