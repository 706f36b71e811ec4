CREATE SCHEMA app;
CREATE TABLE app.users (id serial PRIMARY KEY, name text NOT NULL UNIQUE, CHECK (name <> ''));
