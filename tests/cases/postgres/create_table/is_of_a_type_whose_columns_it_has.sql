CREATE TYPE c AS (x int, y text);
CREATE TABLE t (x int, y text);
ALTER TABLE t OF c;
CREATE TABLE u (x int, y varchar);
ALTER TABLE u OF c;
