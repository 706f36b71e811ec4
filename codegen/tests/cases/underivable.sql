-- file: 0001_create.sql
CREATE TABLE tales (
    id INTEGER PRIMARY KEY,
    price REAL NOT NULL,
    born DATETIME,
    mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim'))
);
CREATE TABLE plain (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE VIEW prices AS SELECT price FROM tales;
-- file: tablature.toml
derive = ["serde::Serialize", "Eq"]
[tables.tales]
derive = ["Default", "PartialOrd"]
[tables.plain]
derive = ["Copy", "Hash"]
