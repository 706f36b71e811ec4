CREATE TABLE t (a);
CREATE VIEW v AS SELECT a AS 'alias', a 'other' FROM t AS 'x';
