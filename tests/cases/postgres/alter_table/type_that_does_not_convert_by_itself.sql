CREATE TABLE users (id text);
ALTER TABLE users ALTER COLUMN id TYPE int;
