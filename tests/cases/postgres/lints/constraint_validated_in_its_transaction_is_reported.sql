-- file: 0001_create_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, age integer);
-- file: 0002_check_ages.sql
ALTER TABLE users ADD CONSTRAINT age CHECK (age >= 0) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT age;
