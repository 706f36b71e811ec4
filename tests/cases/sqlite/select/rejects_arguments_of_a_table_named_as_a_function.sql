CREATE TABLE json_each (a);
CREATE TABLE t (b);
SELECT * FROM t, json_each(t.b);
