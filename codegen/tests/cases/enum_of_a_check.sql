CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('pending', 'in-progress', 'In Progress', '', 'error', '1.5', '15', '+')),
    kind TEXT CHECK (kind IN ('child', 'hero')),
    mood TEXT NOT NULL COLLATE NOCASE CHECK (mood IN ('merry', 'grim')),
    rank INTEGER NOT NULL CHECK (rank IN ('1', '2')),
    size TEXT NOT NULL CHECK (size IN ('s', 'm')) CHECK (size IN ('m', 'l')),
    none TEXT NOT NULL CHECK (none IN ('s')) CHECK (none IN ('l'))
);
-- The name of an enum is taken.
CREATE TABLE story_kinds (id INTEGER PRIMARY KEY);
CREATE VIEW pending AS SELECT id, status FROM stories WHERE status = 'pending';
CREATE TABLE sides_of_and (
    longer TEXT NOT NULL CHECK (longer IN ('ab', 'cd') AND length(longer) = 2),
    outer_side TEXT NOT NULL CHECK (length(outer_side) < 9 AND (outer_side = 'l' OR outer_side = 'r') AND outer_side <> ''),
    other TEXT NOT NULL,
    any_case TEXT NOT NULL CHECK (any_case COLLATE NOCASE IN ('a', 'b') AND length(any_case) = 1),
    either TEXT NOT NULL CHECK (either IN ('a', 'b') OR length(either) = 1),
    CHECK (other IN ('x', 'y') AND longer <> other)
);
