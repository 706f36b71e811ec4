CREATE TABLE users (id int, name text);
CREATE FUNCTION f() RETURNS SETOF text LANGUAGE sql AS $$ SELECT name FROM users $$;
ALTER TABLE users DROP COLUMN name;
