CREATE TABLE users (name text);
CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower($1) $$;
CREATE INDEX users_slug ON users (slug(name));
DROP FUNCTION slug(text);
