CREATE TABLE words (word TEXT PRIMARY KEY, size INT);
INSERT INTO words VALUES ('Tale', 4), ('moral', NULL);
CREATE TABLE sized (word TEXT NOT NULL UNIQUE, size INT NOT NULL CHECK (size > 3));
INSERT INTO sized SELECT * FROM words WHERE size IS NOT NULL;
INSERT INTO sized SELECT 'all', sum(size) FROM words;
INSERT INTO sized SELECT DISTINCT 'one', 5 FROM words;
WITH words AS (SELECT 'x' AS word, 9 AS size) INSERT INTO sized SELECT word, size FROM words;
