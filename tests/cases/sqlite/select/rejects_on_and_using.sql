CREATE TABLE t (a);
SELECT * FROM t AS x JOIN t AS y ON x.a = y.a USING (a);
