-- file: 0001_create.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY, title TEXT, mood TEXT);
-- file: 0002_rebuild.sql
CREATE TABLE tales_new (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
INSERT INTO tales_new SELECT id, coalesce(title, mood) FROM tales;
DROP TABLE tales;
ALTER TABLE tales_new RENAME TO tales;
CREATE INDEX by_mood ON tales (mood);
-- file: 0003_use.sql
UPDATE tales SET title = mood;
