CREATE TYPE addr AS (street text);
CREATE TABLE addresses OF addr (zip WITH OPTIONS NOT NULL);
