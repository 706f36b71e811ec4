CREATE TYPE addr AS (street text, zip int);
CREATE TABLE addresses OF addr;
ALTER TYPE addr ADD ATTRIBUTE city text;
