CREATE TABLE tales (id integer, title text);
CREATE TABLE drafts (id integer, title text);
SELECT * FROM tales FULL JOIN drafts ON tales.id = drafts.id AND tales.title < drafts.title;
CREATE VIEW all_of_them AS SELECT tales.id FROM tales FULL JOIN drafts ON tales.id < drafts.id;
SELECT * FROM tales FULL JOIN drafts ON tales.id < drafts.id;
