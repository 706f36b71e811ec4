CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (m mood NOT NULL DEFAULT 'ok');
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
ALTER TABLE people ALTER COLUMN m DROP DEFAULT;
ALTER TABLE people ALTER COLUMN m TYPE mood USING m::text::mood;
ALTER TABLE people ALTER COLUMN m SET DEFAULT 'happy';
DROP TYPE mood_old;
