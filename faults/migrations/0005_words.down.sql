DROP INDEX stories_by_words;
ALTER TABLE stories DROP COLUMN words;
