CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad');
CREATE TABLE app.t (id serial PRIMARY KEY, m app.mood);
CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE u (m app.mood, t int REFERENCES app.t, d int DEFAULT app.f());
DROP SCHEMA app CASCADE;
