CREATE TYPE addr AS (street text, zip int);
CREATE TABLE people (home addr);
ALTER TYPE addr ALTER ATTRIBUTE zip TYPE text;
