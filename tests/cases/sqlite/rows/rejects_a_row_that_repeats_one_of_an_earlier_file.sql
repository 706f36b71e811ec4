-- file: 0001_create.sql
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL UNIQUE, c INT CHECK (c > 0));
INSERT INTO t (b) VALUES ('x');
-- file: 0002_rename.sql
ALTER TABLE t RENAME TO u;
ALTER TABLE u RENAME COLUMN b TO d;
-- file: 0003_again.sql
INSERT INTO u (d) VALUES ('x');
