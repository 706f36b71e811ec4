CREATE TABLE users (id int);
CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql AS $$
  SELECT id FROM users;
  SELECT uid FROM users;
$$;
