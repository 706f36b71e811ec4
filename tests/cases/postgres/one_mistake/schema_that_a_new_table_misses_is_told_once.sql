CREATE TABLE nos.t (a int);
SELECT a FROM nos.t;
CREATE INDEX i ON nos.t (a);
DROP INDEX nos.i;
