CREATE TABLE users (id text, at int);
ALTER TABLE users ALTER COLUMN at TYPE date USING id;
