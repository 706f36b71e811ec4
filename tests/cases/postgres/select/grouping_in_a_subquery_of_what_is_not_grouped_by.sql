CREATE TABLE tales (mood text, teller text, words integer);
SELECT mood, (SELECT grouping(mood)), (SELECT grouping(words)) FROM tales GROUP BY mood;
