-- Versions are numbers and are ordered as numbers. In the history that this one is modelled on the names were sorted as
-- text, an older migration was taken for the latest, and 001 ran again on a database that had its table already. The setting was never shown to users.
ALTER TABLE user_settings DROP COLUMN scene_container_style;
