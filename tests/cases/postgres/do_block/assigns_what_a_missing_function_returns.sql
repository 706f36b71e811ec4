DO $$ DECLARE v int; BEGIN v := nosuchf(1); END $$;
