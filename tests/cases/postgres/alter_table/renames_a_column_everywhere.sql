CREATE TABLE users (id int PRIMARY KEY, name text CHECK (name <> ''), up text GENERATED ALWAYS AS (upper(name)) STORED);
CREATE INDEX users_lower ON users (lower(name)) WHERE name IS NOT NULL;
CREATE VIEW names AS SELECT u.name, length(name) AS l FROM users u WHERE name LIKE 'a%' ORDER BY name;
CREATE POLICY own ON users USING (name = current_user);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touched BEFORE UPDATE OF name ON users FOR EACH ROW WHEN (old.name <> new.name) EXECUTE FUNCTION touch();
ALTER TABLE users RENAME COLUMN name TO full_name;
