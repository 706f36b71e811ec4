-- no-transaction
PRAGMA foreign_keys = ON;
CREATE TABLE p (id INTEGER PRIMARY KEY, a);
CREATE TABLE c (a REFERENCES p, b REFERENCES p (a), d);
UPDATE c SET d = 1;
UPDATE c SET a = 1;
INSERT INTO p VALUES (1, 2);
PRAGMA foreign_keys = OFF;
DELETE FROM p;
CREATE UNIQUE INDEX i ON p (a);
PRAGMA foreign_keys = ON;
DELETE FROM p;
