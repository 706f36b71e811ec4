-- tablature.toml: lints.fails_on_rows = "allow"
-- tablature.toml: lints.blocking_validation = "allow"
-- tablature.toml: lints.rewrites_table = "allow"
CREATE TABLE tales (id integer PRIMARY KEY, title text);
INSERT INTO tales (id, title) VALUES (1, 'Rapunzel');
-- file: 0002_add_mood.sql
ALTER TABLE tales ADD COLUMN mood text;
UPDATE tales SET mood = 'merry';
ALTER TABLE tales ALTER COLUMN mood SET NOT NULL;
ALTER TABLE tales ADD COLUMN number serial NOT NULL;
