ALTER TABLE user_settings
    ADD COLUMN scene_container_style TEXT NOT NULL DEFAULT 'lines'
    CHECK (scene_container_style IN ('lines', 'cards'));
