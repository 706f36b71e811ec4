CREATE TABLE t (a, b, c, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (c));
ALTER TABLE t RENAME a TO "A B";
