CREATE TABLE t (a text);
CREATE UNIQUE INDEX ON t (lower(a));
INSERT INTO t VALUES ('x') ON CONFLICT (lower(a)) DO UPDATE SET a = excluded.a;
INSERT INTO t VALUES ('x') ON CONFLICT (upper(a)) DO NOTHING;
