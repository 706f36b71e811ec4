-- file: tablature.toml
dialect = "postgres"
[types]
"auth.users.email" = "crate::Email"
[tables.notes]
derive = ["Eq"]
[tables."audit.users"]
struct = "AuditedUser"
-- file: 0001_create.sql
CREATE SCHEMA auth;
CREATE SCHEMA audit;
CREATE TYPE public.status AS ENUM ('on', 'off');
CREATE TYPE auth.status AS ENUM ('in', 'out');
CREATE DOMAIN public.slug AS text CHECK (VALUE ~ '^[a-z]+$');
CREATE TYPE auth.address AS (street text, tags public.slug[], state auth.status);
CREATE TABLE public.users (id bigint PRIMARY KEY, state status NOT NULL, slugs slug[] NOT NULL);
CREATE TABLE auth.users (id bigint PRIMARY KEY, email text NOT NULL, state auth.status NOT NULL, states auth.status[], home auth.address, homes auth.address[]);
CREATE TABLE audit.users (id bigint PRIMARY KEY);
COMMENT ON COLUMN auth.users.email IS 'Where they are written to.';
CREATE TABLE audit.notes (id bigint PRIMARY KEY);
