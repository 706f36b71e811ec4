CREATE TABLE tales (id integer);
SELECT id FROM tales LIMIT 1 - 2;
