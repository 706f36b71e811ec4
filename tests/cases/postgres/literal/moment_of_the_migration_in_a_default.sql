-- engine accepts: it keeps the moment of the migration, another one on every database
CREATE TABLE tales (id integer, told timestamptz DEFAULT now(), day date);
INSERT INTO tales (id, told, day) VALUES (1, 'now', 'today');
SELECT id FROM tales WHERE told < 'now';
ALTER TABLE tales ALTER COLUMN day TYPE timestamptz USING coalesce(day, 'today');
ALTER TABLE tales ALTER COLUMN told SET DEFAULT 'now';
