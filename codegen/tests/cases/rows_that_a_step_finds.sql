-- file: tablature.toml
derive = ["Eq"]

[types]
"tales.told" = "self::Day"
"drafts.text" = "super::text::Text"

[tables.drafts]
struct = "Sketch"
-- file: 0001_create_tales.sql
CREATE TABLE tales (
    id    INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    mood  TEXT NOT NULL CHECK (mood IN ('merry', 'grim')),
    told  DATETIME
);
CREATE TABLE drafts (text TEXT NOT NULL, weight REAL);
-- file: 0002_fill_slugs.sql
-- tablature: step crate::steps::fill_slugs
ALTER TABLE tales ADD COLUMN slug TEXT;
CREATE VIEW merry AS SELECT id, slug FROM tales WHERE mood = 'merry';
-- file: 0003_change.sql
DROP VIEW merry;
-- tablature: allow(destructive) all are grim by now
ALTER TABLE tales DROP COLUMN mood;
-- tablature: allow(destructive) they are done
DROP TABLE drafts;
