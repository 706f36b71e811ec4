-- file: 0001_create.sql
CREATE TABLE tales (
    id INTEGER PRIMARY KEY,
    title TEXT /* what it is called */ NOT   NULL,
    moral TEXT
);
-- file: 0002_change.sql
ALTER TABLE tales ADD COLUMN usage_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tales ADD COLUMN teller TEXT;
ALTER TABLE tales RENAME COLUMN title TO name;
-- file: 0003_change.sql
ALTER TABLE tales DROP COLUMN moral;
ALTER TABLE tales RENAME TO fairy_tales;
-- file: 0005_rebuild.sql
CREATE TABLE rebuilt (
    id INTEGER PRIMARY KEY,
    title TEXT,
    mood TEXT CHECK (mood IN ('merry', 'grim'))
);
CREATE VIEW shown AS SELECT title FROM rebuilt;
-- file: 0006_rebuild.sql
DROP VIEW shown;
CREATE TABLE rebuilt_new (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim', 'dull')),
    added INTEGER
);
INSERT INTO rebuilt_new SELECT id, title, mood, NULL FROM rebuilt;
DROP TABLE rebuilt;
ALTER TABLE rebuilt_new RENAME TO rebuilt;
CREATE VIEW shown AS SELECT title, mood FROM rebuilt;
-- file: 0007_rename.sql
ALTER TABLE rebuilt RENAME COLUMN title TO heading;
