-- no-transaction
PRAGMA foreign_keys = ON;
CREATE TABLE c (a REFERENCES p);
INSERT INTO c VALUES (NULL);
