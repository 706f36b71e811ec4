CREATE TABLE t (a int);
SELECT nope, nope, t.nope FROM t WHERE nope > 1;
SELECT * FROM nosuch WHERE a = 1;
SELECT f(f(1)), f(2);
