CREATE TABLE tales (id integer PRIMARY KEY, title text, public boolean, told timestamptz);

SELECT title + 'x' FROM tales;
SELECT * FROM tales WHERE title == 'x';
SELECT * FROM tales WHERE public = 1;
SELECT * FROM tales WHERE title LIKE 5;
SELECT told - 5 FROM tales;
UPDATE tales SET public = 1;
