CREATE TABLE t (a);
SELECT main.t.a FROM t;
