CREATE TABLE t (a, b);
CREATE TABLE u (a, c);
SELECT a, b, c FROM t JOIN u USING (a);
SELECT a, t.a, u.a FROM t NATURAL LEFT JOIN u;
