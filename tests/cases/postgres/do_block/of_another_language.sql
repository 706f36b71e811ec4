DO LANGUAGE sql $$ CREATE TABLE stories () $$;
