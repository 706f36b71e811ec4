ALTER TABLE user_settings DROP COLUMN scene_container_style;
