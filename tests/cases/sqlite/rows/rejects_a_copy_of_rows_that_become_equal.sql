CREATE TABLE words (word TEXT PRIMARY KEY);
INSERT INTO words VALUES ('Tale'), ('tale');
CREATE TABLE lower_words (word TEXT UNIQUE);
INSERT INTO lower_words SELECT lower(word) FROM words;
