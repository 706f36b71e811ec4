CREATE TABLE tales (id integer PRIMARY KEY, title text);
INSERT INTO tales (id) VALUES (1) ON CONFLICT DO NOTHING;
-- file: 0002_add_mood.sql
ALTER TABLE tales ADD COLUMN mood text;
UPDATE tales SET title = 'Rapunzel';
ALTER TABLE tales ALTER COLUMN mood SET DEFAULT 'merry';
-- file: 0003_need_mood.sql
ALTER TABLE tales ALTER COLUMN mood SET NOT NULL;
