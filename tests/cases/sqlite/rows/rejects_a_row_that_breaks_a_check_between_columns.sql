CREATE TABLE t (a INT, b INT, CHECK (a < b OR b IS NULL));
INSERT INTO t VALUES (1, 2), ('2', '10'), (3, NULL), (20, '3');
