CREATE SCHEMA tales;
CREATE TYPE tales.mood AS ENUM ('sad', 'ok', 'happy ever after');
CREATE TYPE tales.place AS (land text, hills int);
CREATE DOMAIN tales.slug AS text CHECK (VALUE ~ '^[a-z-]+$');
CREATE TABLE tales.stories (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug tales.slug NOT NULL UNIQUE,
  mood tales.mood NOT NULL DEFAULT 'ok',
  setting tales.place,
  tags text[] NOT NULL DEFAULT '{}',
  price numeric(10,2),
  data jsonb,
  key uuid,
  told_at timestamptz NOT NULL DEFAULT now(),
  years int4range,
  words integer NOT NULL CHECK (words > 0)
);
COMMENT ON TABLE tales.stories IS 'What is told.';
CREATE INDEX ON tales.stories (lower(slug::text));
