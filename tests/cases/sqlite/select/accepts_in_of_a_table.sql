CREATE TABLE t (a);
SELECT * FROM t WHERE a IN t AND a NOT IN main.t AND a IN ();
