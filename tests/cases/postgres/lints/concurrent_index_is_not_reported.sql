-- file: 0001_create_users.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- file: 0002_find_users.sql
-- no-transaction
CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email;
