CREATE TABLE authors (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE stories (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    author_id INTEGER NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
    title     TEXT NOT NULL,
    body      TEXT NOT NULL DEFAULT ''
);

CREATE INDEX stories_by_author ON stories (author_id);

INSERT INTO authors (id, name) VALUES (1, 'Jacob'), (2, 'Wilhelm'), (3, 'Dorothea');

INSERT INTO stories (author_id, title, body)
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 60)
SELECT 1 + i % 3, 'story ' || i, hex(zeroblob(200)) FROM n;
