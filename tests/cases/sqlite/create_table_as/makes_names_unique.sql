CREATE TABLE u AS SELECT 1 AS a, 2 AS a, 3 AS A, 4 AS "a:1", 5 AS "a:9", 6 AS "a:9";
