CREATE TABLE t (a, b);
UPDATE t SET b = t.a FROM t;
