CREATE TABLE t (a);
SELECT temp.t.a FROM t;
