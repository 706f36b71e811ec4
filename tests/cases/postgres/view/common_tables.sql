CREATE TABLE nodes (id int, parent int, name text);
CREATE VIEW v AS WITH RECURSIVE t (id, path) AS (SELECT id, ARRAY[id] FROM nodes WHERE parent IS NULL UNION ALL SELECT n.id, path || n.id FROM nodes n JOIN t ON n.parent = t.id) SEARCH DEPTH FIRST BY id SET ordering CYCLE id SET looped USING trail SELECT * FROM t;
CREATE VIEW w AS WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT x + 1 AS y FROM a) SELECT x, y FROM a, b;
