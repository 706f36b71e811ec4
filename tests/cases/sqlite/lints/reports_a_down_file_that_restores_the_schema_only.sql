-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE logs (id INTEGER PRIMARY KEY, line TEXT);
CREATE TABLE moods (name TEXT PRIMARY KEY NOT NULL);
-- file: 0001_users.down.sql
DROP TABLE moods;
DROP TABLE logs;
DROP TABLE users;
-- file: 0002_drop_a_column.up.sql
-- tablature: allow(destructive) nobody reads it
ALTER TABLE users DROP COLUMN email;
-- file: 0002_drop_a_column.down.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 0003_drop_a_table.up.sql
-- tablature: allow(destructive) nobody reads it
DROP TABLE logs;
-- file: 0003_drop_a_table.down.sql
CREATE TABLE logs (id INTEGER PRIMARY KEY, line TEXT);
-- file: 0004_leave_a_column_out_on_the_way_down.up.sql
ALTER TABLE users ADD COLUMN age INTEGER;
-- file: 0004_leave_a_column_out_on_the_way_down.down.sql
CREATE TABLE old_users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO old_users (id) SELECT id FROM users;
DROP TABLE users;
ALTER TABLE old_users RENAME TO users;
-- file: 0005_delete_and_overwrite.up.sql
DELETE FROM moods WHERE name = 'grim';
UPDATE users SET name = trim(name);
-- file: 0005_delete_and_overwrite.down.sql
SELECT 1;
-- file: 0006_delete_on_the_way_down.up.sql
CREATE TABLE tags (id INTEGER PRIMARY KEY);
-- file: 0006_delete_on_the_way_down.down.sql
DROP TABLE tags;
DELETE FROM users;
-- file: 0007_overwrite_on_the_way_down.up.sql
UPDATE users SET age = age + 1;
-- file: 0007_overwrite_on_the_way_down.down.sql
UPDATE users SET age = 0;
-- file: 0008_move_a_column.up.sql
CREATE TABLE profiles (user_id INTEGER PRIMARY KEY, age INTEGER);
INSERT INTO profiles SELECT id, age FROM users;
ALTER TABLE users DROP COLUMN age;
-- file: 0008_move_a_column.down.sql
ALTER TABLE users ADD COLUMN age INTEGER;
UPDATE users SET age = 0;
DROP TABLE profiles;
-- file: 0009_nothing_in_the_down_file.up.sql
DELETE FROM profiles;
-- file: 0009_nothing_in_the_down_file.down.sql
-- nothing to do
