ALTER TABLE user_settings
    ADD COLUMN scene_container_style text NOT NULL DEFAULT 'lines'
    CHECK (scene_container_style IN ('lines', 'cards'));
