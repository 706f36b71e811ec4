-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0002_forget.sql
UPDATE users SET name = NULL;
ALTER TABLE users DROP COLUMN name;
