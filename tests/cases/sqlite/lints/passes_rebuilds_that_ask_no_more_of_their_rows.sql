-- file: 0001_users.sql
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT UNIQUE,
    name TEXT,
    age INTEGER CHECK (age >= 0),
    mood TEXT CHECK (mood IN ('glad', 'grim')),
    nick TEXT,
    team INTEGER,
    seat INTEGER
);
CREATE UNIQUE INDEX users_by_name ON users (name);
CREATE TABLE numbers (a INTEGER) STRICT;
CREATE TABLE words (text TEXT, size INTEGER);
CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT);
-- file: 0002_rebuild.sql
UPDATE users SET nick = NULL, seat = id;
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY,
    email TEXT UNIQUE,
    name TEXT UNIQUE,
    age INTEGER CHECK (age >= 0),
    mood TEXT CHECK (mood IN ('glad', 'grim', 'dull')),
    nick TEXT UNIQUE CHECK (nick <> ''),
    team INTEGER,
    seat INTEGER,
    code TEXT UNIQUE,
    UNIQUE (name, team),
    UNIQUE (team, seat)
);
INSERT INTO new_users (id, email, name, age, mood, nick, team, seat, code)
    SELECT id, email, name, age, mood, nick, team, seat, NULL FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_numbers (a INTEGER) STRICT;
INSERT INTO new_numbers SELECT a FROM numbers;
DROP TABLE numbers;
-- file: 0003_what_conflicts_is_left_out_or_replaced.sql
CREATE TABLE new_words (text TEXT PRIMARY KEY NOT NULL, size INTEGER UNIQUE ON CONFLICT REPLACE);
INSERT OR IGNORE INTO new_words SELECT * FROM words;
INSERT INTO new_words SELECT coalesce(text, ''), size FROM words WHERE true ON CONFLICT DO NOTHING;
INSERT OR REPLACE INTO new_words SELECT coalesce(text, ''), size FROM words;
CREATE TABLE distinct_words (text TEXT UNIQUE);
INSERT INTO distinct_words SELECT DISTINCT text FROM words;
INSERT INTO distinct_words SELECT text FROM words GROUP BY text;
-- file: 0004_duplicates_are_removed_first.sql
DELETE FROM names WHERE id NOT IN (SELECT min(id) FROM names GROUP BY text);
CREATE TABLE new_names (id INTEGER PRIMARY KEY, text TEXT UNIQUE);
INSERT INTO new_names SELECT id, text FROM names;
DROP TABLE names;
