-- engine accepts: it does not read the comment
-- tablature: effect
DO $$ BEGIN NULL; END $$;
