CREATE TABLE t (id int, name text, tags text[], p point, a int, b int); CREATE TYPE pair AS (x int, y int); CREATE TABLE u (id int, p pair, ps pair[]);
UPDATE t SET name = DEFAULT, (a, b) = (1, 2), tags[2] = 'x' WHERE id = 1;
UPDATE t SET (a, b) = (SELECT count(*), max(id) FROM u) FROM u AS x LEFT JOIN t y ON y.id = x.id WHERE t.id = x.id RETURNING t.*, y.name;
UPDATE u SET p.x = 1, ps[1].y = 2, p.y = (p).x + 1;
UPDATE ONLY t AS z SET a = z.a + 1 WHERE EXISTS (SELECT 1 FROM u WHERE u.id = z.id);
WITH gone AS (DELETE FROM t WHERE a > 5 RETURNING id) UPDATE u SET id = -gone.id FROM gone WHERE gone.id = u.id;
DELETE FROM t USING u WHERE u.id = t.id AND NOT EXISTS (TABLE u);
