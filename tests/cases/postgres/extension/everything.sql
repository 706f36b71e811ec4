CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE EXTENSION citext WITH SCHEMA public;
CREATE SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION pgcrypto;
CREATE TABLE t (id uuid DEFAULT uuid_generate_v4(), name citext UNIQUE, data ext.hstore, h text DEFAULT encode(digest('x', 'sha256'), 'hex'));
ALTER EXTENSION hstore SET SCHEMA public;
CREATE VIEW v AS SELECT data -> 'a' AS a, name = 'X' AS same, name LIKE 'a%' AS l FROM t;
