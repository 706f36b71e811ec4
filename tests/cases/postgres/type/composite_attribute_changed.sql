CREATE TYPE addr AS (street text, zip int);
ALTER TYPE addr ALTER ATTRIBUTE zip TYPE text, ADD ATTRIBUTE city text, DROP ATTRIBUTE IF EXISTS nothing;
