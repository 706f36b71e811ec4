CREATE TABLE tales (id integer PRIMARY KEY, title text);
CREATE VIEW one AS SELECT title FROM tales WHERE id = $1;
