CREATE TABLE tales (
    id   INTEGER PRIMARY KEY,
    mood TEXT NOT NULL CHECK (mood IN ('merry', 'very grim', 'Ünmerry', '"'))
);
