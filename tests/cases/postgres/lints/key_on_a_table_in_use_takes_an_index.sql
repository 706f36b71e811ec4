-- file: 0001_create_users.sql
CREATE TABLE users (id bigint NOT NULL, email text, span int4range);
-- file: 0002_keys.sql
ALTER TABLE users ADD PRIMARY KEY (id), ADD CONSTRAINT email UNIQUE (email);
ALTER TABLE users ADD EXCLUDE USING gist (span WITH &&);
