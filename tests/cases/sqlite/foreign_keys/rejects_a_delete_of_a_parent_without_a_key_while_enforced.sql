-- no-transaction
PRAGMA foreign_keys = ON;
CREATE TABLE p (a);
CREATE TABLE c (a REFERENCES p (a));
UPDATE p SET rowid = 1;
INSERT INTO p VALUES (1);
DELETE FROM p;
