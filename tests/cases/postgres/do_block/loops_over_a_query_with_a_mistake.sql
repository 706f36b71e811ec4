DO $$ DECLARE r record; BEGIN FOR r IN SELECT nope FROM pg_class LOOP NULL; END LOOP; END $$;
