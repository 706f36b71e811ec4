CREATE VIRTUAL TABLE f USING fts5(a, b);
CREATE VIRTUAL TABLE g USING fts5(a, content = '');
CREATE VIRTUAL TABLE h USING fts5(a, columnsize = 0, detail = none);
CREATE TABLE t (a, b);
CREATE VIRTUAL TABLE k USING fts5(a, b, content = 't', content_rowid = 'rowid');
