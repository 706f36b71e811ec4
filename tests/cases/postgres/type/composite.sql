CREATE TYPE addr AS (street varchar(50), zip int, tags text[]);
CREATE TABLE people (home addr, others addr[]);
CREATE VIEW v AS SELECT (home).street, (others[1]).zip, (p.home).tags[1] AS tag FROM people p;
ALTER TYPE addr RENAME ATTRIBUTE street TO road;
