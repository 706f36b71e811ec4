CREATE TABLE tales (id integer);
SELECT CASE WHEN true THEN 1 ELSE 1 / 0 END, coalesce(1, 1 / 0) FROM tales WHERE true OR 1 / 0 = 1;
SELECT id FROM (SELECT id, 1 / 0 AS never FROM tales) AS t;
CREATE VIEW broken AS SELECT 1 / 0 AS never FROM tales;
