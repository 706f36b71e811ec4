CREATE TABLE t (a, b COLLATE NOCASE, c);
CREATE INDEX i ON t (a DESC, b COLLATE RTRIM ASC, lower(c) DESC, a || b, (c));
