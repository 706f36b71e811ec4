CREATE TABLE tales (mood text, teller text, words integer);
SELECT mood, grouping(mood), grouping(teller), count(*) FROM tales GROUP BY mood;
