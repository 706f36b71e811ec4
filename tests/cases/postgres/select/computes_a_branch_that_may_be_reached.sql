CREATE TABLE tales (id integer);
SELECT CASE WHEN id = 1 THEN 1 ELSE 1 / 0 END FROM tales;
