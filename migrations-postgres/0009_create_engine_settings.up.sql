-- Settings that belong to one language model engine each.
CREATE TABLE engine_settings (
    user_id     bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    engine      text NOT NULL,
    temperature real NOT NULL DEFAULT 0.7 CHECK (temperature BETWEEN 0 AND 2),
    max_tokens  integer CHECK (max_tokens > 0),
    PRIMARY KEY (user_id, engine)
);
