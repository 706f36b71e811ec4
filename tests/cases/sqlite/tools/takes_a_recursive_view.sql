CREATE TABLE folders (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES folders (id), name TEXT NOT NULL);
CREATE VIEW folder_paths (id, depth, path) AS
WITH RECURSIVE walk (id, depth, path) AS (
    SELECT id, 0, name FROM folders WHERE parent IS NULL
    UNION ALL
    SELECT f.id, w.depth + 1, w.path || '/' || f.name
    FROM folders f JOIN walk w ON f.parent = w.id
    WHERE w.depth < 50
)
SELECT id, depth, path FROM walk ORDER BY path COLLATE NOCASE;
CREATE VIEW days AS
WITH RECURSIVE span(day) AS (VALUES (date('2024-01-01')) UNION SELECT date(day, '+1 day') FROM span LIMIT 366)
SELECT day, row_number() OVER w AS n, lag(day, 1, '') OVER w AS before,
       sum(1) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS week
FROM span WINDOW w AS (ORDER BY day);
ALTER TABLE folders RENAME COLUMN parent TO parent_id;
ALTER TABLE folders RENAME TO directories;
