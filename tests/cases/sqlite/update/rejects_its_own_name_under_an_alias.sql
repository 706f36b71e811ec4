CREATE TABLE t (a);
UPDATE t AS x SET a = t.a;
