CREATE TABLE t (
    a INTEGER CHECK (a > 5),
    b TEXT CHECK (b IN ('it''s', 'so', 'be it'))
);
INSERT INTO t VALUES (3, 'so');
INSERT INTO t VALUES (6, 'no');
