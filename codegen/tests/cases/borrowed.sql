-- file: tablature.toml
borrowed = true
[types]
"tales.author" = "crate::Author"
[tables.moods]
borrowed = false
-- file: 0001_create.sql
CREATE TABLE tales (
    id    INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    cover BLOB,
    mood  TEXT NOT NULL CHECK (mood IN ('merry', 'grim')),
    told  DATETIME,
    author TEXT
);
CREATE TABLE moods (name TEXT);
CREATE TABLE readings (tale INTEGER NOT NULL, reader INTEGER NOT NULL);
CREATE TABLE tale_refs (name TEXT);
CREATE VIEW titles AS SELECT title FROM tales;
