-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE moods (name TEXT PRIMARY KEY NOT NULL, grim INTEGER);
INSERT INTO moods VALUES ('grim', 1), ('merry', 0);
-- file: 0001_users.down.sql
DROP TABLE moods;
DROP TABLE users;
-- file: 0002_what_the_migration_has_made.up.sql
ALTER TABLE users ADD COLUMN age INTEGER;
UPDATE users SET age = 7;
UPDATE users SET name = '?' WHERE name IS NULL AND age > 3;
UPDATE users SET email = coalesce(email, '?');
INSERT INTO moods VALUES ('sad', 1);
-- file: 0002_what_the_migration_has_made.down.sql
DELETE FROM moods WHERE name = 'sad';
ALTER TABLE users DROP COLUMN age;
-- file: 0003_move_a_column.up.sql
CREATE TABLE addresses (user_id INTEGER PRIMARY KEY, email TEXT);
INSERT INTO addresses SELECT id, email FROM users WHERE email IS NOT NULL;
ALTER TABLE users DROP COLUMN email;
-- file: 0003_move_a_column.down.sql
CREATE TABLE old_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER);
INSERT INTO old_users (id, name, email, age)
SELECT id, name, email, age FROM users LEFT JOIN addresses ON user_id = id;
DROP TABLE users;
ALTER TABLE old_users RENAME TO users;
DROP TABLE addresses;
-- file: 0004_rebuild_twice.up.sql
CREATE TABLE new_moods (name TEXT PRIMARY KEY NOT NULL, grim INTEGER NOT NULL, kind TEXT);
INSERT INTO new_moods SELECT name, coalesce(grim, 0), 'old' FROM moods;
DROP TABLE moods;
ALTER TABLE new_moods RENAME TO moods;
-- file: 0004_rebuild_twice.down.sql
CREATE TABLE old_moods (name TEXT PRIMARY KEY NOT NULL, grim INTEGER);
INSERT INTO old_moods SELECT name, grim FROM moods WHERE kind = 'old';
DROP TABLE moods;
ALTER TABLE old_moods RENAME TO moods;
-- file: 0005_answer.up.sql
UPDATE moods SET name = 'glad' WHERE name = 'merry';
DELETE FROM moods WHERE name = 'grim';
-- file: 0005_answer.down.sql
UPDATE moods SET name = 'merry' WHERE name = 'glad';
INSERT INTO moods (name, grim) VALUES ('grim', 1);
-- file: 0006_compute_again.up.sql
ALTER TABLE users ADD COLUMN initial TEXT;
-- file: 0006_compute_again.down.sql
ALTER TABLE users DROP COLUMN initial;
-- file: 0007_drop_what_was_computed.up.sql
-- tablature: allow(destructive) it is the first letter of the name
ALTER TABLE users DROP COLUMN initial;
-- file: 0007_drop_what_was_computed.down.sql
ALTER TABLE users ADD COLUMN initial TEXT;
UPDATE users SET initial = substr(name, 1, 1);
-- file: 0008_allow.up.sql
DELETE FROM moods;
-- file: 0008_allow.down.sql
-- tablature: allow(irreversible) the application fills it again when it starts
