CREATE TABLE tales (id integer, title varchar(20));
CREATE TABLE drafts (id integer, tale tales[]);
ALTER TABLE tales ADD COLUMN year integer;
ALTER TABLE tales ADD COLUMN stars integer DEFAULT 0, ALTER COLUMN title TYPE text;
