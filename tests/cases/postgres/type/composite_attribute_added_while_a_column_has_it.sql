CREATE TYPE addr AS (street text);
CREATE TABLE people (home addr);
ALTER TYPE addr ADD ATTRIBUTE zip int;
ALTER TYPE addr DROP ATTRIBUTE street;
