-- file: 0001_create_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, age integer);
-- file: 0002_check_ages.sql
ALTER TABLE users ADD CONSTRAINT age CHECK (age IS NOT NULL) NOT VALID;
-- file: 0003_validate_ages.sql
-- no-transaction
ALTER TABLE users VALIDATE CONSTRAINT age;
ALTER TABLE users ALTER COLUMN age SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT age;
