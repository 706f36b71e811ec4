CREATE VIRTUAL TABLE f USING fts5(title, body UNINDEXED, tokenize = 'porter ascii', prefix = '2 3');
INSERT INTO f (title, body, rowid) VALUES ('a', 'b', 1);
INSERT INTO f (f) VALUES ('rebuild');
SELECT title, rank, bm25(f), highlight(f, 0, '<', '>'), snippet(f, 1, '', '', '', 5) FROM f WHERE f MATCH 'a' ORDER BY rank;
