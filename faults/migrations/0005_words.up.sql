ALTER TABLE stories ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
UPDATE stories SET words = length(title);
CREATE INDEX stories_by_words ON stories (words);
