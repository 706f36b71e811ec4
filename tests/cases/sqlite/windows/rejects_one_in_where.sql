CREATE TABLE t (a);
SELECT a FROM t WHERE row_number() OVER () > 1;
