CREATE TABLE tales (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    mood TEXT NOT NULL CHECK (mood IN ('merry', 'grim')),
    moral TEXT,
    teller TEXT
);
