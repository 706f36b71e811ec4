-- file: 0001_create_users.sql
CREATE TABLE users (id bigint, name varchar(20), title varchar(20), rate numeric(10, 2), born timestamp(3));
-- file: 0002_types.sql
ALTER TABLE users ALTER COLUMN name TYPE varchar(40);
ALTER TABLE users ALTER COLUMN name TYPE text;
ALTER TABLE users ALTER COLUMN title TYPE text USING title::text;
ALTER TABLE users ALTER COLUMN rate TYPE numeric(12, 2);
ALTER TABLE users ALTER COLUMN rate TYPE numeric;
ALTER TABLE users ALTER COLUMN born TYPE timestamp;
