CREATE TABLE t (a);
SELECT row_number() FILTER (WHERE a > 1) OVER () FROM t;
