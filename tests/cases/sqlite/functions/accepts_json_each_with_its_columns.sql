CREATE TABLE t (a, j);
SELECT t.a, e.key, e.value, e.fullkey FROM t, json_each(t.j, '$.x') AS e WHERE e.type = 'text';
INSERT INTO t (a) SELECT value FROM json_tree('[1]') WHERE atom IS NOT NULL;
