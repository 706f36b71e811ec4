CREATE TABLE t (s TEXT COLLATE NOCASE, CONSTRAINT known CHECK (s IN ('Draft', 'done')));
INSERT INTO t VALUES ('draft'), (NULL), ('Dome');
