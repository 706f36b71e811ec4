CREATE TABLE t (a INT CHECK (a > 0), s TEXT CHECK (s IN ('x', 'y', NULL)), n CHECK (n = n), f REAL CHECK (f >= 1), g TEXT CHECK (g < 5), CHECK (a IS NULL OR a <> f));
INSERT INTO t VALUES ('abc', 'x', NULL, 1.5, '4'), (NULL, 'z', 1, NULL, 4), ('7', NULL, 2, '2', '10'), (x'00', 'x', x'00', 'f', 1);
INSERT OR IGNORE INTO t (a) VALUES (0);
PRAGMA ignore_check_constraints = ON;
INSERT INTO t (a) VALUES (0);
