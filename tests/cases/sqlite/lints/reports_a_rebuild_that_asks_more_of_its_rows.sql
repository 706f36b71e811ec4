-- file: 0001_users.sql
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT,
    age INTEGER,
    mood TEXT CHECK (mood IN ('glad', 'grim', 'dull')),
    team INTEGER,
    seat INTEGER
);
CREATE TABLE logs (day TEXT, hits INTEGER);
-- file: 0002_rebuild.sql
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY,
    email TEXT UNIQUE,
    age INTEGER CHECK (age >= 0),
    mood TEXT CHECK (mood IN ('glad', 'grim')),
    team INTEGER,
    seat INTEGER,
    UNIQUE (team, seat)
) STRICT;
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
-- file: 0003_old_table_first.sql
ALTER TABLE logs RENAME TO logs_old;
CREATE TABLE logs (day TEXT PRIMARY KEY NOT NULL, hits INTEGER);
INSERT INTO logs (hits, day) SELECT hits, l.day FROM logs_old AS l WHERE true;
DROP TABLE logs_old;
