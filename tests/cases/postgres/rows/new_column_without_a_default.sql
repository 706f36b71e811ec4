CREATE TABLE tales (id integer PRIMARY KEY, title text);
INSERT INTO tales (id, title) VALUES (1, 'Rapunzel');
-- file: 0002_add_mood.sql
ALTER TABLE tales ADD COLUMN mood text NOT NULL;
