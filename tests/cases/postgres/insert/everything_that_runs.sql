CREATE TABLE t (id int PRIMARY KEY, name text DEFAULT 'x', tags text[], at timestamptz, g int GENERATED ALWAYS AS (id * 2) STORED);
INSERT INTO t (id) VALUES (1), (2);
INSERT INTO t (id, tags[1], tags[2]) VALUES (3, 'a', 'b');
INSERT INTO t (id, name, g) VALUES (4, DEFAULT, DEFAULT);
INSERT INTO t AS x (id) SELECT id + 10 FROM t ON CONFLICT (id) DO UPDATE SET name = excluded.name || x.name, at = now() WHERE x.at IS NULL RETURNING id, x.xmax = 0 AS fresh;
INSERT INTO t (id) VALUES (6) ON CONFLICT ON CONSTRAINT t_pkey DO NOTHING;
WITH new AS (INSERT INTO t (id) VALUES (7) RETURNING *) INSERT INTO t (id, name) SELECT id + 1, name FROM new;
