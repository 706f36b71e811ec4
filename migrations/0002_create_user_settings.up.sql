-- One row per user; the user's row is the key, so that nobody can have two.
CREATE TABLE user_settings (
    user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    language   TEXT NOT NULL DEFAULT 'en',
    theme      TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('light', 'dark', 'system')),
    font_size  INTEGER NOT NULL DEFAULT 16 CHECK (font_size BETWEEN 8 AND 48),
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

INSERT INTO user_settings (user_id) VALUES (1);
