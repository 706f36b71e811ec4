CREATE TABLE t (a int);
ALTER TABLE t RESET (fillfactor = 70);
