ALTER TABLE stories.tales RENAME COLUMN title TO name;
ALTER TABLE stories.tales DROP COLUMN mood;
DROP TYPE stories.mood;
CREATE UNIQUE INDEX tales_by_slug ON stories.tales (slug);
