CREATE VIRTUAL TABLE notes USING fts5(body, content = '');
INSERT INTO notes (notes) VALUES ('rebuild');
