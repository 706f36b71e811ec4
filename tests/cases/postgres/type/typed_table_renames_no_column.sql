CREATE TYPE addr AS (street text);
CREATE TABLE addresses OF addr;
ALTER TABLE addresses RENAME COLUMN street TO road;
