CREATE TABLE users (id int);
CREATE FUNCTION f(id int) RETURNS SETOF users LANGUAGE sql AS $$ SELECT * FROM users WHERE id = f.id AND users.id = $1 $$;
