CREATE TABLE tales (
    id    INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    mood  TEXT NOT NULL CHECK (mood IN ('merry', 'grim')),
    told  DATETIME NOT NULL
);
INSERT INTO tales (title, mood, told) VALUES
    ('Der Froschkönig', 'merry', '1812-12-20'),
    ('Frau Holle', 'grim', '1812-12-21');
