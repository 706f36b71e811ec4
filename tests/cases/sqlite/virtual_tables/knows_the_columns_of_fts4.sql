CREATE VIRTUAL TABLE f USING fts4(title, body, tokenize=porter);
SELECT docid, title, offsets(f), snippet(f) FROM f WHERE body MATCH 'x';
CREATE VIRTUAL TABLE g USING fts3;
SELECT content FROM g;
