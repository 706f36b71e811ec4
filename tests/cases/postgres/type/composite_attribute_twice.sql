CREATE TYPE addr AS (street text, street int);
