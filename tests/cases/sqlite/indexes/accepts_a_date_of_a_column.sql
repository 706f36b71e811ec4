CREATE TABLE t (a);
CREATE INDEX i ON t (date(a)) WHERE datetime(a) > '2020-01-01';
