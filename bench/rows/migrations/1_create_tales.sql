CREATE TABLE tales (
    id       INTEGER PRIMARY KEY,
    title    TEXT NOT NULL,
    author   TEXT NOT NULL,
    moral    TEXT,
    language TEXT NOT NULL,
    cover    BLOB,
    length   INTEGER NOT NULL,
    rating   REAL,
    told     INTEGER NOT NULL,
    shelf    INTEGER
);
