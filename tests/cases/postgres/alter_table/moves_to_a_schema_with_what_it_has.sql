CREATE SCHEMA app;
CREATE TABLE users (id serial PRIMARY KEY, name text UNIQUE);
CREATE INDEX users_upper ON users (upper(name));
ALTER TABLE users SET SCHEMA app;
CREATE TABLE users (id serial PRIMARY KEY);
