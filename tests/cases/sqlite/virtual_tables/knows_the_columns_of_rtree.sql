CREATE VIRTUAL TABLE r USING rtree(id, min_x, max_x, min_y, max_y, +label TEXT);
SELECT id, label FROM r WHERE min_x > 1;
INSERT INTO r VALUES (1, 0, 1, 0, 1, 'a');
CREATE VIRTUAL TABLE ri USING rtree_i32(id, a, b);
