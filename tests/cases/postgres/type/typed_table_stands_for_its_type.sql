CREATE TYPE addr AS (street text);
CREATE TABLE addresses OF addr;
DROP TYPE addr;
