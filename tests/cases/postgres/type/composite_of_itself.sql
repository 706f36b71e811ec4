CREATE TYPE addr AS (street text, next addr);
