CREATE VIRTUAL TABLE f USING fts5(title, colour = 'red');
