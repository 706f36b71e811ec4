-- The people who read, write and talk about stories.
CREATE TABLE users (
    id           INTEGER PRIMARY KEY,
    email        TEXT NOT NULL COLLATE NOCASE UNIQUE,
    display_name TEXT NOT NULL,
    role         TEXT NOT NULL DEFAULT 'reader' CHECK (role IN ('reader', 'author', 'admin')),
    created_at   TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

-- The account that owns the stories which every new reader finds.
INSERT INTO users (id, email, display_name, role)
VALUES (1, 'narrator@example.org', 'The narrator', 'author');
