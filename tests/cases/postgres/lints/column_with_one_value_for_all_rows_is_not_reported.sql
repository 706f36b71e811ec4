-- file: 0001_create_users.sql
CREATE TABLE users (id bigint);
-- file: 0002_columns.sql
ALTER TABLE users ADD COLUMN name text, ADD COLUMN visits integer NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN since timestamptz NOT NULL DEFAULT now();
ALTER TABLE users ADD COLUMN IF NOT EXISTS id uuid DEFAULT gen_random_uuid();
