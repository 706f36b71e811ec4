-- file: 0001_users.sql
CREATE TABLE log (line TEXT);
CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER, mood TEXT);
CREATE INDEX a_by_name ON a (name);
CREATE INDEX a_by_email ON a (email);
CREATE UNIQUE INDEX a_by_age ON a (age);
CREATE INDEX a_by_mood ON a (mood) WHERE mood <> '';
CREATE INDEX a_by_word ON a (lower(name));
CREATE TRIGGER a_is_logged AFTER INSERT ON a BEGIN INSERT INTO log VALUES (new.name); END;
CREATE TRIGGER a_is_deleted AFTER DELETE ON a BEGIN INSERT INTO log VALUES (old.name); END;
CREATE TABLE moved (x);
CREATE INDEX moved_by_x ON moved (x);
CREATE TABLE emptied (x);
CREATE INDEX emptied_by_x ON emptied (x);
-- file: 0002_rebuild.sql
DROP INDEX a_by_word;
DROP TRIGGER a_is_deleted;
CREATE TABLE new_a (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER UNIQUE);
INSERT INTO new_a SELECT id, name, email, age FROM a;
-- tablature: allow(destructive) moods are gone
DROP TABLE a;
ALTER TABLE new_a RENAME TO a;
CREATE INDEX a_by_name ON a (name);
CREATE INDEX a_by_email_and_name ON a (email, upper(name));
CREATE TRIGGER a_is_logged AFTER INSERT ON a BEGIN INSERT INTO log VALUES (new.email); END;
-- file: 0003_move.sql
CREATE TABLE elsewhere (x);
INSERT INTO elsewhere SELECT x FROM moved;
DROP TABLE moved;
-- file: 0004_another_table_of_the_name.sql
-- tablature: allow(destructive) they are computed again
DROP TABLE emptied;
CREATE TABLE emptied (x);
-- file: 0005_allow.sql
CREATE TABLE new_elsewhere (x, y);
INSERT INTO new_elsewhere (x) SELECT x FROM elsewhere;
DROP TABLE elsewhere;
ALTER TABLE new_elsewhere RENAME TO elsewhere;
