-- file: 0001_create_users.sql
CREATE TABLE users (id bigint, visits integer, name varchar(20), rate numeric(10, 2), born timestamp);
-- file: 0002_types.sql
ALTER TABLE users ALTER COLUMN visits TYPE bigint;
ALTER TABLE users ALTER COLUMN name TYPE varchar(10);
ALTER TABLE users ALTER COLUMN rate TYPE numeric(12, 4);
ALTER TABLE users ALTER COLUMN born TYPE timestamptz;
ALTER TABLE users ALTER COLUMN id TYPE bigint USING id + 1;
