CREATE TABLE users (state text DEFAULT 'new');
CREATE TYPE state AS ENUM ('new', 'old');
ALTER TABLE users ALTER COLUMN state TYPE state USING state::state;
