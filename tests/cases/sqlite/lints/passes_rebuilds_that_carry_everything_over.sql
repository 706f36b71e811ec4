-- file: 0001_tables.sql
CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT, y TEXT);
CREATE TABLE b (id INTEGER PRIMARY KEY, x TEXT);
CREATE TABLE c (id INTEGER PRIMARY KEY, x TEXT);
CREATE TABLE d (id INTEGER PRIMARY KEY, x TEXT);
CREATE TABLE e (id INTEGER PRIMARY KEY, x TEXT, is_public INTEGER);
CREATE TABLE f (id INTEGER PRIMARY KEY, x TEXT, loud TEXT);
-- file: 0002_create_copy_drop_rename.sql
CREATE TABLE new_a (id INTEGER PRIMARY KEY, xy TEXT NOT NULL);
INSERT INTO new_a (id, xy) SELECT id, x || y FROM a WHERE true ON CONFLICT DO NOTHING;
DROP TABLE a;
ALTER TABLE new_a RENAME TO a;
-- file: 0003_rename_create_copy_drop.sql
ALTER TABLE b RENAME TO old_b;
CREATE TABLE b (id INTEGER PRIMARY KEY, x TEXT NOT NULL);
WITH kept AS (SELECT * FROM old_b) INSERT INTO b SELECT id, x FROM kept;
DROP TABLE old_b;
-- file: 0004_back_up_drop_create_copy_back.sql
CREATE TEMPORARY TABLE c_backup (id, x);
INSERT INTO c_backup SELECT id, x FROM c;
DROP TABLE c;
CREATE TABLE c (id INTEGER PRIMARY KEY, x TEXT NOT NULL);
INSERT INTO c SELECT id, x FROM c_backup;
DROP TABLE c_backup;
-- file: 0005_join.sql
CREATE TABLE new_d (id INTEGER PRIMARY KEY, x TEXT, a TEXT);
INSERT INTO new_d SELECT d.id, d.x, a.xy FROM d LEFT JOIN a ON a.id = d.id;
DROP TABLE d;
ALTER TABLE new_d RENAME TO d;
-- file: 0006_columns.sql
CREATE TABLE public_e (id INTEGER PRIMARY KEY);
INSERT INTO public_e SELECT id FROM e WHERE is_public = TRUE;
ALTER TABLE e DROP COLUMN is_public;
ALTER TABLE f ADD COLUMN volume INTEGER;
UPDATE f SET volume = 10 WHERE loud = 'yes';
ALTER TABLE f DROP COLUMN loud;
-- file: 0007_merge.sql
INSERT INTO d (id, x) SELECT id, x FROM c WHERE id NOT IN (SELECT id FROM d);
DROP TABLE c;
-- file: 0008_what_keeps_every_row.sql
CREATE TABLE new_a (id INTEGER PRIMARY KEY, xy TEXT NOT NULL, n INTEGER);
INSERT OR IGNORE INTO new_a SELECT a.id, a.xy, count(b.id) FROM a LEFT JOIN b ON b.id = a.id GROUP BY a.id;
DROP TABLE a;
ALTER TABLE new_a RENAME TO a;
CREATE TABLE new_b (id INTEGER PRIMARY KEY, x TEXT);
INSERT INTO new_b SELECT DISTINCT id, x FROM b;
DROP TABLE b;
ALTER TABLE new_b RENAME TO b;
CREATE TABLE new_d (id INTEGER PRIMARY KEY, x TEXT, a TEXT, n INTEGER);
DELETE FROM new_d;
INSERT INTO new_d SELECT id, x, a, row_number() OVER (ORDER BY id) FROM d;
DROP TABLE d;
ALTER TABLE new_d RENAME TO d;
-- file: 0009_every_row_has_a_partner.sql
CREATE TABLE notes (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL REFERENCES a (id), b_id INTEGER NOT NULL REFERENCES b);
-- file: 0010_join_by_foreign_keys.sql
CREATE TABLE new_notes (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL REFERENCES a (id), b_id INTEGER NOT NULL, xy TEXT);
INSERT INTO new_notes SELECT notes.id, a_id, b_id, xy FROM notes JOIN a ON a.id = notes.a_id JOIN b ON b_id = b.id;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;
-- file: 0011_join_by_comma.sql
CREATE TABLE new_notes (id INTEGER PRIMARY KEY, xy TEXT, a_id INTEGER NOT NULL, b_id INTEGER NOT NULL);
INSERT INTO new_notes SELECT notes.id, notes.xy || a.xy, a_id, b_id FROM notes, a WHERE a.id = notes.a_id;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;
