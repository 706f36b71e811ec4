ALTER TABLE posts ADD COLUMN tag TEXT;
CREATE INDEX users_by_name ON users (name);
