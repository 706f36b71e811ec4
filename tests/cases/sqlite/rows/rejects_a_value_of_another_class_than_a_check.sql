CREATE TABLE t (a CHECK (typeof(a) = 'integer'));
INSERT INTO t VALUES (1), ('1');
