CREATE TABLE users (name text);
CREATE UNIQUE INDEX users_name ON users (lower(name));
ALTER TABLE users ADD UNIQUE USING INDEX users_name;
