CREATE TYPE addr AS (street text);
ALTER TYPE addr ADD VALUE 'x';
