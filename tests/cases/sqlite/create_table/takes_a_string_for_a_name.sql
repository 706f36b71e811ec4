CREATE TABLE 't' ('a' INTEGER, `b` TEXT, [c] BLOB, "d" REAL);
CREATE INDEX 'i' ON 't'('a');
