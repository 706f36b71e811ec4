-- no-transaction
DELETE FROM tags WHERE story_id % 10 = 0;
DELETE FROM stories WHERE id % 10 = 0;
VACUUM;
BEGIN;
CREATE TABLE counts (author_id INTEGER PRIMARY KEY REFERENCES authors (id), stories INTEGER NOT NULL);
INSERT INTO counts SELECT author_id, count(*) FROM stories GROUP BY author_id;
COMMIT;
UPDATE stories SET body = title || body WHERE id % 2 = 0;
CREATE INDEX stories_by_title ON stories (title);
