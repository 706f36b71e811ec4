CREATE TABLE tales (mood text, teller text, words integer);
CREATE VIEW summary AS
SELECT mood, t.teller, words / 1000 AS thousands, grouping(mood, t.teller) AS which, grouping(words / 1000) AS sized, count(*)
FROM tales t
GROUP BY GROUPING SETS (ROLLUP (mood, teller), (words / 1000))
ORDER BY grouping(t.mood);
