-- tablature.toml: lints.rewrites_table = "allow"
-- file: 0001_tables.sql
CREATE TABLE tales (id int PRIMARY KEY, mood text);
-- file: 0002_columns.sql
ALTER TABLE tales ADD COLUMN usage_count int;
UPDATE tales SET usage_count = id;
DELETE FROM tales WHERE usage_count = 1;
ALTER TABLE tales ADD COLUMN likes int;
DO $$ DECLARE tale record; BEGIN
  FOR tale IN SELECT id FROM tales LOOP UPDATE tales SET likes = 1 WHERE id = tale.id; END LOOP;
END $$;
DELETE FROM tales WHERE likes = 1;
ALTER TABLE tales ADD COLUMN token uuid DEFAULT gen_random_uuid();
DELETE FROM tales WHERE token IS NULL;
CREATE TABLE words (word text, rank int);
DELETE FROM words WHERE rank = 1;
