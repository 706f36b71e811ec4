CREATE TABLE tales (id integer, title text);
SELECT rank(1, 'a') WITHIN GROUP (ORDER BY id, title) FROM tales;
SELECT rank(1) WITHIN GROUP (ORDER BY id, title) FROM tales;
