CREATE VIEW v AS SELECT * FROM jsonb_to_record('{}') AS r;
