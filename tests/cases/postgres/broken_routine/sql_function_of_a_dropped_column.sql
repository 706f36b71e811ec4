CREATE TABLE tales (id integer PRIMARY KEY, title text, words integer);
CREATE FUNCTION titles() RETURNS SETOF text LANGUAGE sql AS 'SELECT title FROM tales';
-- file: 0002_drop.sql
ALTER TABLE tales DROP COLUMN title;
