CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('calm', 'glad', 'wild');
CREATE DOMAIN app.positive AS integer NOT NULL DEFAULT 1 CONSTRAINT is_positive CHECK (VALUE > 0);
CREATE TYPE app.pair AS (a integer, b text);
CREATE TYPE app.span AS RANGE (subtype = double precision, subtype_diff = float8mi);
CREATE SEQUENCE app.tickets START WITH 100 INCREMENT BY 5;
CREATE TABLE app.users (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 10) PRIMARY KEY,
    email varchar(80) NOT NULL CONSTRAINT users_email_key UNIQUE,
    name text COLLATE "C",
    mood app.mood NOT NULL DEFAULT 'calm',
    score numeric(8, 2) DEFAULT 0,
    shout text GENERATED ALWAYS AS (upper(name)) STORED,
    age app.positive,
    CONSTRAINT has_at CHECK (email LIKE '%@%')
);
CREATE TABLE posts (
    id serial PRIMARY KEY,
    author bigint REFERENCES app.users (id) ON DELETE CASCADE,
    title text NOT NULL,
    body text,
    tags text[] DEFAULT '{}',
    pair app.pair,
    at timestamptz DEFAULT now()
);
CREATE UNIQUE INDEX posts_by_title ON posts (lower(title)) WHERE body IS NOT NULL;
CREATE INDEX posts_by_author ON posts (author, at DESC);
CREATE TABLE logs (id bigint NOT NULL, day date NOT NULL, line text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE logs_2025 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE logs_2026 PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX logs_by_line ON logs (line);
CREATE TABLE base (x integer CONSTRAINT small CHECK (x < 1000));
CREATE TABLE derived (y integer) INHERITS (base);
CREATE FUNCTION app.slug(t text, dash text DEFAULT '-') RETURNS text LANGUAGE sql IMMUTABLE STRICT
  SET "DateStyle" = iso SET search_path TO app, public
    AS $$ SELECT replace(lower(t), ' ', dash) $$;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := now();
    RETURN NEW;
END
$$;
CREATE PROCEDURE app.tidy(keep integer) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM logs WHERE id > keep; END $$;
CREATE TRIGGER touch BEFORE UPDATE OF title ON posts FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE VIEW authors AS SELECT u.id, u.email, count(p.id) AS posts FROM app.users u LEFT JOIN posts p ON p.author = u.id GROUP BY u.id;
CREATE VIEW busy WITH (security_barrier = true) AS SELECT email FROM authors WHERE posts > 1;
CREATE MATERIALIZED VIEW titles AS SELECT id, app.slug(title) AS slug FROM posts;
CREATE INDEX titles_by_slug ON titles (slug);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts FOR SELECT TO PUBLIC USING (title <> 'secret');
CREATE POLICY add ON posts AS RESTRICTIVE FOR INSERT TO PUBLIC WITH CHECK (title <> '');
CREATE RULE keep AS ON DELETE TO base DO INSTEAD NOTHING;
