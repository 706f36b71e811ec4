-- file: 0001_tables.sql
CREATE TABLE tales (id int PRIMARY KEY, mood text);
-- file: 0002_columns.sql
ALTER TABLE tales ADD COLUMN usage_count int;
UPDATE tales SET usage_count = 1 WHERE usage_count IS NULL;
ALTER TABLE tales ADD COLUMN likes int, ADD COLUMN shares int, ADD COLUMN views int;
DELETE FROM tales USING tales AS others WHERE others.id = tales.id AND others.likes = 1;
DO $$ BEGIN UPDATE tales SET mood = '' WHERE EXISTS (SELECT FROM tales AS q WHERE q.shares = tales.id); END $$;
SELECT mood FROM tales GROUP BY mood HAVING max(views) > 1;
