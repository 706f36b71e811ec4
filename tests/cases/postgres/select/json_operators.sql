CREATE TABLE t (d jsonb, j json);
CREATE VIEW v AS SELECT d -> 'a' -> 0 ->> 'b' AS x, d #>> '{a,b}' AS y, d @> '{"a":1}' AS z, d ? 'k' AS q, d || '{}' AS w, j -> 'a' AS jj, d['a']['b'] AS s, d @? '$.a' AS p, jsonb_path_query_array(d, '$.a[*]') AS pa FROM t;
CREATE VIEW w AS SELECT j @> '{}' FROM t;
