CREATE FUNCTION made() RETURNS TABLE (id integer, nothing void) LANGUAGE plpgsql AS $$ BEGIN END $$;
