CREATE VIEW v AS SELECT jsonb_path_exists('{}', '@.a');
