CREATE TABLE users (id int, name text);
CREATE FUNCTION f() RETURNS SETOF users LANGUAGE sql AS $$ SELECT * FROM users $$;
DROP TABLE users;
