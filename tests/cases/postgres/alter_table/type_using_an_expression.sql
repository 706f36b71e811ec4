CREATE TABLE users (id text, at bigint);
ALTER TABLE users ALTER COLUMN id TYPE int USING id::int, ALTER at TYPE timestamptz USING to_timestamp(at / 1000.0);
