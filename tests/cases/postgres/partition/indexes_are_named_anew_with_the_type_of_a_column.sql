CREATE TABLE tales (id integer, words integer, mood text, CONSTRAINT kept UNIQUE (id, words)) PARTITION BY RANGE (id);
CREATE TABLE first (id integer, words integer, mood text, CONSTRAINT own UNIQUE (id, words));
CREATE INDEX own_words ON first (words);
CREATE INDEX own_mood ON first (mood);
ALTER TABLE tales ATTACH PARTITION first FOR VALUES FROM (0) TO (10);
CREATE TABLE second PARTITION OF tales FOR VALUES FROM (10) TO (20) PARTITION BY LIST (words);
CREATE TABLE third PARTITION OF second DEFAULT;
CREATE INDEX by_words ON tales (words, lower(mood)) INCLUDE (id);
CREATE INDEX own_both ON third (words, mood);
CREATE INDEX by_length ON tales (words);
-- file: 0002_rename.sql
ALTER TABLE tales RENAME COLUMN mood TO tone;
ALTER TABLE tales RENAME COLUMN words TO length;
-- file: 0003_type.sql
ALTER TABLE tales ALTER COLUMN tone TYPE varchar(20);
