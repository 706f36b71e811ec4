CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer, PARALLEL = SAFE, FINALFUNC_MODIFY = READ_ONLY);
CREATE AGGREGATE other (integer) (SFUNC = int4pl, STYPE = integer, PARALLEL = quick);
