CREATE TABLE t (a);
SELECT a + 1 AS next FROM t WHERE next > 1 GROUP BY next HAVING next < 9 ORDER BY next;
