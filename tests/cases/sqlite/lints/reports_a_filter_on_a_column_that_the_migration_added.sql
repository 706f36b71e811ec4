-- file: 0001_tales.sql
CREATE TABLE tales (id INTEGER PRIMARY KEY, mood TEXT);
-- file: 0002_usage.sql
ALTER TABLE tales ADD COLUMN usage_count INTEGER;
UPDATE tales SET usage_count = 1 WHERE usage_count IS NULL;
UPDATE tales SET usage_count = 1 WHERE usage_count IS NULL AND mood = 'merry';
-- file: 0003_later.sql
UPDATE tales SET usage_count = 2 WHERE usage_count IS NULL;
