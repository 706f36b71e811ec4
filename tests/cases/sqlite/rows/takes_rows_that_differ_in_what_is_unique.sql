CREATE TABLE t (a UNIQUE, b TEXT UNIQUE, c INT UNIQUE, d);
INSERT INTO t VALUES (1, 1, '1', 0), ('1', 'x', 'x', 0), (x'31', x'31', x'31', 0), (1.5, 'X', 'X', 0), (NULL, NULL, NULL, 0), (NULL, NULL, NULL, 0);
CREATE UNIQUE INDEX i ON t (d) WHERE d > 0;
CREATE UNIQUE INDEX j ON t (d + 0, a, b);
INSERT INTO t (d) VALUES (0);
