-- One row per user; the user's row is the key, so that nobody can have two.
CREATE TABLE user_settings (
    user_id    bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    language   text NOT NULL DEFAULT 'en',
    theme      text NOT NULL DEFAULT 'system' CHECK (theme IN ('light', 'dark', 'system')),
    font_size  smallint NOT NULL DEFAULT 16 CHECK (font_size BETWEEN 8 AND 48),
    updated_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO user_settings (user_id) VALUES (1);
