CREATE TABLE t (a);
SELECT row_number() FROM t;
