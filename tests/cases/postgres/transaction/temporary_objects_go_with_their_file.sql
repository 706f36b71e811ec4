CREATE TEMPORARY TABLE drafts (id serial PRIMARY KEY, parent integer REFERENCES drafts);
CREATE TEMPORARY VIEW old AS SELECT id FROM drafts;
CREATE FUNCTION pg_temp.kept(drafts) RETURNS boolean LANGUAGE sql AS 'SELECT true';
-- file: 0002_again.sql
CREATE TEMPORARY TABLE drafts (name text);
CREATE TABLE old (id integer);
DISCARD TEMP;
CREATE TABLE drafts (id integer);
