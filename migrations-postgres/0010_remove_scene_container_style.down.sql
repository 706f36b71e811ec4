-- tablature: allow(irreversible) what the users had chosen is gone; the default is what all of them saw
ALTER TABLE user_settings
    ADD COLUMN scene_container_style text NOT NULL DEFAULT 'lines'
    CHECK (scene_container_style IN ('lines', 'cards'));
