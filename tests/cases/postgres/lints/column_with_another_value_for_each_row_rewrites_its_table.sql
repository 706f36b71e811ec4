-- file: 0001_create_users.sql
CREATE DOMAIN age AS integer CHECK (VALUE >= 0);
CREATE TABLE users (id bigint, name text);
-- file: 0002_columns.sql
ALTER TABLE users ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE users ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY;
ALTER TABLE users ADD COLUMN place serial;
ALTER TABLE users ADD COLUMN upper_name text GENERATED ALWAYS AS (upper(name)) STORED;
ALTER TABLE users ADD COLUMN age age;
