-- no-transaction
PRAGMA foreign_keys = ON;
CREATE TABLE p (id INTEGER PRIMARY KEY, a);
CREATE TABLE c (a REFERENCES p, b REFERENCES p (a), d);
UPDATE c SET d = 1;
UPDATE c SET b = 1;
