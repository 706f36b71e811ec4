CREATE TABLE users (name text);
CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower($1) $$;
CREATE INDEX users_slug ON users (slug(name)) WHERE slug(name) <> '';
ALTER FUNCTION slug(text) RENAME TO make_slug;
